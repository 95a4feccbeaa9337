import { describe, expect, it } from "vitest";
import { isOpen, mayEnd, share, shortId, size } from "@/page/export/size";

describe("size", () => {
  it.each([
    [0, "0 B"],
    [824, "824 B"],
    [1_250, "1.3 kB"],
    [999_960, "1.0 MB"],
    [1_234_567, "1.2 MB"],
    [234_567_890, "235 MB"],
    [5e15, "5000 TB"],
  ])("%d bytes are %s", (bytes, said) => {
    expect(size(bytes)).toBe(said);
  });
});

describe("share", () => {
  it("is not known before somebody has counted", () => {
    expect(share(0, null)).toBeNull();
  });
  it("is whole where there is nothing to write", () => {
    expect(share(0, 0)).toBe(100);
  });
  it("says 100 only when nothing is left", () => {
    expect(share(999, 1000)).toBe(99);
    expect(share(1000, 1000)).toBe(100);
    // creators that came meanwhile
    expect(share(1004, 1000)).toBe(100);
  });
});

it("only what waits or runs is open", () => {
  expect(isOpen("RUNNING") && isOpen("WAITING")).toBe(true);
  expect(isOpen("READY") || isOpen("FAILED")).toBe(false);
  expect((["WAITING", "RUNNING", "READY"] as const).every(mayEnd)).toBe(true);
  expect((["FAILED", "CANCELLED", "DELETED", "EXPIRED"] as const).some(mayEnd)).toBe(false);
});

it("tells exports by the end of their id", () => {
  expect(shortId("/v1/exports/01910000-0000-7000-8000-00000000beef")).toBe("00beef");
});

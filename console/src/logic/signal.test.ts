import { describe, expect, it } from "vitest";
import { identifierText, languageName, pictures, said, saw, signalName } from "@/logic/signal";

const row = (signal: string, leftValue: string | null, rightValue: string | null, level = "same") => ({
  signal,
  level,
  leftValue,
  rightValue,
});

describe("what a signal compared", () => {
  it("says of pictures how far they differ, and never shows a hash", () => {
    expect(pictures("0a26ae5f9ad22cf1", "0a26ae5f98d22cf1")).toBe("the two pictures differ in 1 of 64 points");
    expect(pictures("ffffffffffffffff", "0000000000000000")).toBe("the two pictures differ in 64 of 64 points");
    expect(pictures("0a26ae5f9ad22cf1", "0a26ae5f9ad22cf1")).toContain("no difference");
    for (const other of [null, "", "not a hash", "0a26ae5f9ad22cf1"]) {
      const shown = saw(row("avatar", "0a26ae5f9ad22cf1", other));
      expect([shown.left, shown.right]).toEqual([null, null]);
      expect(shown.note ?? "").not.toMatch(/[0-9a-f]{16}/u);
    }
  });

  it("names accounts as people do", () => {
    expect(saw(row("audience", "youtube:bruna.s, apple_music:x", "x:stu")).left).toBe("@bruna.s on YouTube, @x on Apple Music");
    expect(saw(row("audience", "x:stu", "instagr")).right).toBe("instagr");
    expect(saw(row("platform", "tiktok:one", "tiktok:two", "second"))).toMatchObject({
      left: "@one on TikTok",
      right: "@two on TikTok",
    });
    expect(saw(row("platform", "tiktok:one", "medium:one", "apart"))).toMatchObject({ left: "TikTok", right: "Medium" });
  });

  it("writes an identifier that names an account as the account", () => {
    expect(identifierText("ACCOUNT", "tiktok:maya")).toBe("@maya on TikTok");
    expect(identifierText("URL", "https://x.example/a:b")).toBe("https://x.example/a:b");
  });

  it("writes languages and counts out", () => {
    expect(saw(row("language", "pt", null))).toEqual({ left: "Portuguese", right: null, note: null });
    expect(saw(row("followers", "226835", "37")).left).toBe("226,835");
    expect(["en", "zh-Hant", "Klingon!", "qqq", "English"].map(languageName)).toEqual([
      "English",
      "Traditional Chinese",
      "Klingon!",
      "qqq",
      "English",
    ]);
  });

  it("says that private values are private, and leaves everything else as it is", () => {
    expect(saw(row("email", null, null)).note).toContain("private");
    expect(saw(row("website", "https://maya.example", null))).toEqual({
      left: "https://maya.example",
      right: null,
      note: null,
    });
    expect(saw(row("fandom", "a bio", "another"))).toEqual({ left: null, right: null, note: null });
  });
});

describe("what a signal says", () => {
  it("keeps bits out of the sentence", () => {
    expect(said("the same username, uncommon (20 to 22 bits)")).toEqual({
      text: "the same username, uncommon",
      rarity: "found by chance in fewer than one of 1,048,576 profiles",
    });
    expect(said("a very common place in common (up to 3 bits), such as a large country")).toEqual({
      text: "a very common place in common, such as a large country",
      rarity: "found by chance in more than one of 8 profiles",
    });
    expect(said("pictures alike (9 to 12 of 64 bits differ)")).toEqual({ text: "pictures alike", rarity: null });
    expect(said("different places (really)")).toEqual({ text: "different places (really)", rarity: null });
  });

  it("has a word for its own names, and falls back on theirs", () => {
    expect(["identity", "prior", "shared_url"].map(signalName)).toEqual(["name or username", "starting point", "shared url"]);
  });
});

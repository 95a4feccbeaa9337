import { expect, test } from "vitest";
import { standing } from "@/page/webhook/word";

test("a webhook says how it is doing", () => {
  expect(standing({ disabledReason: null, failingSince: null, waiting: 0 })).toBe("Working");
  expect(standing({ disabledReason: null, failingSince: null, waiting: 3 })).toBe("Working, 3 waiting");
  expect(standing({ disabledReason: "GONE", failingSince: "2026-01-01T00:00:00Z", waiting: 1 })).toBe(
    "Disabled: it answered 410, 1 waiting",
  );
  expect(standing({ disabledReason: null, failingSince: "2026-01-01T00:00:00Z", waiting: 0 })).toMatch(/^Failing since/u);
});

import { expect, it } from "vitest";
import { countryName, languageName } from "@/logic/place";

it.each([
  ["IN", "India"],
  ["de", "Germany"],
  ["Germany", "Germany"],
  ["QQ", "QQ"],
])("the country %s is %s", (code, name) => expect(countryName(code)).toBe(name));

it.each([
  ["en", "English"],
  ["pt-BR", "Brazilian Portuguese"],
  ["English", "English"],
  ["not a tag", "not a tag"],
  ["en-x", "en-x"],
])("the language %s is %s", (tag, name) => expect(languageName(tag)).toBe(name));

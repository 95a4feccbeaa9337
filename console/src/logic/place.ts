/** Countries and languages by their names in English; a code that has none is shown as it is. */

const COUNTRY = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });
const LANGUAGE = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** `IN` to `India` */
export const countryName = (code: string): string => (/^[A-Za-z]{2}$/u.test(code) ? (COUNTRY.of(code.toUpperCase()) ?? code) : code);

/** `pt-BR` to `Brazilian Portuguese`; a language that is written out stays so. */
export function languageName(tag: string): string {
  if (!/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u.test(tag)) return tag;
  try {
    return LANGUAGE.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

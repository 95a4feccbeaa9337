/** A text with the words marked that another text has too. */

import { useMemo } from "react";
import { compare } from "@/logic/token";

export function Marked({ text, other }: { text: string; other: string | null }) {
  const pieces = useMemo(() => (other === null ? null : compare(text, other)), [text, other]);
  // dir=auto: the first strong letter says which way the text runs, whatever the page's own direction
  return (
    <span dir="auto" style={{ overflowWrap: "anywhere", unicodeBidi: "isolate" }}>
      {pieces === null
        ? text
        : pieces.map((piece, index) =>
            piece.agreement === "same" ? (
              <mark key={index} className="cg-same">
                {piece.text}
              </mark>
            ) : piece.agreement === "near" ? (
              <mark key={index} className="cg-near" title="nearly the same on the other side">
                {piece.text}
              </mark>
            ) : (
              <span key={index}>{piece.text}</span>
            ),
          )}
    </span>
  );
}

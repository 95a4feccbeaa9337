/** A field's text that is sent on after a pause, and that follows where the address changes by other means, such as Back. */

import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

export function useFollowedText(
  value: string | undefined,
  send: (text: string | undefined) => void,
  wait: number,
): [text: string, type: (text: string) => void, take: (text: string) => void, drop: () => void] {
  const [text, setText] = useState(value ?? "");
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // what comes back is what was sent: by then more may have been typed
    if (value !== sent) setText(value ?? "");
  }
  const now = (typed: string) => {
    const trimmed = typed.trim() === "" ? undefined : typed.trim();
    setSent(trimmed);
    send(trimmed);
  };
  const later = useDebouncedCallback(now, wait);
  const type = (typed: string) => {
    setText(typed);
    later(typed);
  };
  const take = (typed: string) => {
    later.cancel();
    setText(typed);
    now(typed);
  };
  // of whoever goes elsewhere: what was typed a moment ago must not call them back
  const drop = () => later.cancel();
  return [text, type, take, drop];
}

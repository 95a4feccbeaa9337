/** The one box: what somebody types, and what it may go on as. */

import { Combobox, Group, Text, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import type { RefObject } from "react";
import { useClient, useQuery } from "urql";
import type { SearchAddress } from "@/app/address";
import { count } from "@/logic/number";
import { useFollowedText } from "@/page/search/followed-text";
import { ProfileAtDocument, SearchSuggestionsDocument, type SearchSuggestionsQuery } from "@/generated/graphql";

type Suggestion = SearchSuggestionsQuery["searchSuggestions"][number];

const KIND: Readonly<Record<Suggestion["kind"], string>> = { NAME: "Creator", USERNAME: "Username", CATEGORY: "Category" };

interface SearchBoxProps {
  address: SearchAddress;
  box: RefObject<HTMLInputElement | null>;
  change: (next: Partial<SearchAddress>) => void;
  /** From the box down to the hits. */
  onLeave: () => void;
}

export function SearchBox({ address, box, change, onLeave }: SearchBoxProps) {
  const navigate = useNavigate();
  const client = useClient();
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const [text, type, take, drop] = useFollowedText(
    address.q,
    (q) => change({ q, similar: undefined, pages: undefined, at: undefined }),
    250,
  );
  const [typed] = useDebouncedValue(text.trim(), 120);
  const isUrl = /^https?:\/\/\S+$/iu.test(text.trim());
  const [{ data }] = useQuery({
    query: SearchSuggestionsDocument,
    variables: { typed },
    pause: typed.length < 2 || isUrl || !list.dropdownOpened,
    requestPolicy: "cache-first",
  });
  // those of a text that is gone would lead elsewhere than they say
  const suggestions = typed.length >= 2 && typed === text.trim() ? (data?.searchSuggestions ?? []) : [];

  const choose = (chosen: Suggestion | undefined) => {
    list.closeDropdown();
    if (chosen === undefined) return;
    if (chosen.creatorId !== null) {
      drop();
      void navigate({ to: "/creator/$creatorId", params: { creatorId: chosen.creatorId }, search: {} });
      return;
    }
    take("");
    change({ q: undefined, category: chosen.text, similar: undefined, pages: undefined, at: undefined });
  };
  // the address of an account leads straight to its creator
  const enter = async () => {
    list.closeDropdown();
    take(text);
    if (!isUrl) return;
    const { data: found } = await client.query(ProfileAtDocument, { url: text.trim() }).toPromise();
    if (found?.profileByUrl != null) {
      await navigate({ to: "/creator/$creatorId", params: { creatorId: found.profileByUrl.creator.id }, search: {} });
    }
  };

  return (
    <form
      role="search"
      style={{ flex: 1, minWidth: 220 }}
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <Combobox store={list} onOptionSubmit={(index) => choose(suggestions[Number(index)])} withinPortal={false}>
        <Combobox.Target>
          <TextInput
            ref={box}
            label="Search creators"
            description={
              address.by === "name"
                ? "A part of the name, in any script"
                : address.by === "words"
                  ? "Words that must all be there; the last may go on"
                  : "What they are about, in plain words; or the address of an account"
            }
            value={text}
            maxLength={1000}
            autoComplete="off"
            autoFocus={address.q === undefined && address.similar === undefined && address.at === undefined}
            onChange={(event) => {
              type(event.currentTarget.value);
              list.openDropdown();
            }}
            onBlur={() => list.closeDropdown()}
            onKeyDown={(event) => {
              if (event.key === "ArrowDown" && (suggestions.length === 0 || !list.dropdownOpened)) onLeave();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={suggestions.length === 0}>
          <Combobox.Options aria-label="Suggestions">
            {suggestions.map((each, index) => (
              <Combobox.Option key={`${each.kind} ${each.text} ${each.creatorId ?? ""}`} value={String(index)}>
                <Group justify="space-between" gap="xs" wrap="nowrap">
                  <Text size="sm" component="bdi" truncate>
                    {each.kind === "USERNAME" ? `@${each.text}` : each.text}
                  </Text>
                  <Text size="xs" c="dimmed" component="span" flex="none">
                    {each.kind === "CATEGORY" ? `${KIND[each.kind]}, ${count(each.creators, "creator")}` : KIND[each.kind]}
                  </Text>
                </Group>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </form>
  );
}

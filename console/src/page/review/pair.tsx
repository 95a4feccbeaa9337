/** The two profiles side by side, field by field, with what they share marked word by word. */

import { Anchor, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Followers, Outside, PlatformTag, When } from "@/component/fact";
import { Marked } from "@/component/marked";
import { IDENTIFIER_NAME, sentence } from "@/logic/word";
import { identifierText, languageName } from "@/logic/signal";
import { agrees } from "@/logic/token";
import { profileTitle } from "@/logic/title";
import classes from "@/page/review/pair.module.css";
import type { ProfileCardFragment } from "@/generated/graphql";

interface Field {
  label: string;
  of: (profile: ProfileCardFragment) => string | null;
}

const FIELDS: readonly Field[] = [
  { label: "Name", of: (profile) => profile.displayName },
  { label: "Username", of: (profile) => profile.username },
  { label: "Bio", of: (profile) => profile.bio },
  { label: "Website", of: (profile) => profile.website },
  { label: "Location", of: (profile) => profile.location },
  { label: "Category", of: (profile) => profile.category },
  { label: "Language", of: (profile) => (profile.language === null ? null : languageName(profile.language)) },
];

interface PairProps {
  left: ProfileCardFragment;
  right: ProfileCardFragment;
  shared: readonly { kind: keyof typeof IDENTIFIER_NAME; value: string; masked: boolean }[];
}

export function Pair({ left, right, shared }: PairProps) {
  const shown = FIELDS.filter((field) => field.of(left) !== null || field.of(right) !== null);
  return (
    <section className={`cg-panel ${classes.pair}`} aria-label="The two profiles">
      <table className={classes.table}>
        <caption className="cg-hidden">The two profiles field by field; words that both have are marked.</caption>
        <thead>
          <tr>
            <td className={classes.label} />
            <th scope="col">
              <Head profile={left} side="left" />
            </th>
            <th scope="col">
              <Head profile={right} side="right" />
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((field) => (
            <Row key={field.label} label={field.label} verdict={verdictOf(field.of(left), field.of(right))}>
              <Value text={field.of(left)} other={field.of(right)} />
              <Value text={field.of(right)} other={field.of(left)} />
            </Row>
          ))}
          <Row label="Audience">
            <Audience profile={left} />
            <Audience profile={right} />
          </Row>
          <Row label="Seen">
            <Seen profile={left} />
            <Seen profile={right} />
          </Row>
        </tbody>
      </table>
      {shared.length === 0 ? null : (
        <Text size="sm" className={classes.shared}>
          Both hold{" "}
          {shared.map((each, index) => (
            <span key={`${each.kind} ${each.value}`}>
              {index === 0 ? "" : ", "}
              {IDENTIFIER_NAME[each.kind]} <mark className="cg-same">{identifierText(each.kind, each.value)}</mark>
            </span>
          ))}
        </Text>
      )}
    </section>
  );
}

/** In words for those who do not see the marks. */
function verdictOf(one: string | null, other: string | null): string {
  if (one === null || other === null) return "only one side says";
  return agrees(one, other) ? "equal" : "";
}

function Row({ label, verdict = "", children }: { label: string; verdict?: string; children: [ReactNode, ReactNode] }) {
  return (
    <tr>
      <th scope="row" className={classes.label}>
        {label}
        {verdict === "equal" ? (
          <span className={classes.equal} aria-label="equal on both sides" role="img">
            {" "}
            =
          </span>
        ) : null}
      </th>
      <td>{children[0]}</td>
      <td>{children[1]}</td>
    </tr>
  );
}

function Head({ profile, side }: { profile: ProfileCardFragment; side: string }) {
  const name = <bdi>{profileTitle(profile)}</bdi>;
  return (
    <div className={classes.head} data-side={side}>
      {profile.url !== null && /^https?:/iu.test(profile.url) ? (
        <Anchor href={profile.url} target="_blank" rel="noreferrer noopener" fw={600} title="Open the account in a new tab">
          {name}
        </Anchor>
      ) : (
        name
      )}
      <PlatformTag platform={profile.platform} />
      {profile.verified === true ? <span className={classes.note}>verified</span> : null}
      {profile.status === "ACTIVE" ? null : <span className={classes.note}>{sentence(profile.status)}</span>}
    </div>
  );
}

function Value({ text, other }: { text: string | null; other: string | null }) {
  if (text === null) return <span className="cg-quiet">–</span>;
  if (/^https?:\/\//iu.test(text)) {
    return agrees(text, other ?? "") ? (
      <mark className="cg-same">
        <Outside url={text} />
      </mark>
    ) : (
      <Outside url={text} />
    );
  }
  return <Marked text={text} other={other} />;
}

function Audience({ profile }: { profile: ProfileCardFragment }) {
  return (
    <>
      <Followers profile={profile} />
      {profile.engagementRate === null ? null : (
        <span className="cg-quiet" title="Reactions per follower and post">
          {" "}
          · {profile.engagementRate.toFixed(1)} %
        </span>
      )}
    </>
  );
}

function Seen({ profile }: { profile: ProfileCardFragment }) {
  return (
    <span className="cg-quiet">
      <When at={profile.provenance.observedAt ?? profile.lastSeenAt} /> in {profile.provenance.source}
    </span>
  );
}

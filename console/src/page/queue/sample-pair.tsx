import { Followers, PlatformTag, Probability } from "@/component/fact";
import { PageAnchor } from "@/component/link";
import { Marked } from "@/component/marked";
import { profileTitle } from "@/logic/title";
import classes from "@/page/queue/sample-pair.module.css";
import type { ProfileNameFragment, QueueRowFragment } from "@/generated/graphql";

/** A pair of a sample: both sides with what their names share marked, and how sure the machine is. */
export function SamplePair({ item }: { item: QueueRowFragment }) {
  return (
    <div className={classes.pair}>
      <Side profile={item.left} other={item.right} />
      <Side profile={item.right} other={item.left} />
      <div className={classes.verdict}>
        {item.probability === null ? null : <Probability value={item.probability} />}
        <PageAnchor size="sm" to="/review/$itemId" params={{ itemId: item.id }} search={{}} target="_blank">
          open<span className="cg-hidden"> {profileTitle(item.left)} in a new tab</span>
        </PageAnchor>
      </div>
    </div>
  );
}

function Side({ profile, other }: { profile: ProfileNameFragment; other: ProfileNameFragment }) {
  return (
    <div className={classes.side}>
      <Marked text={profileTitle(profile)} other={profileTitle(other)} />{" "}
      {profile.username === null || profile.displayName === null ? null : (
        <span className="cg-quiet">
          @<Marked text={profile.username} other={other.username} />{" "}
        </span>
      )}
      <PlatformTag platform={profile.platform} />{" "}
      <span className="cg-quiet">
        <Followers profile={profile} />
      </span>
    </div>
  );
}

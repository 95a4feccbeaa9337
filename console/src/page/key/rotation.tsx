/** How one key is changed for another without a request refused. */

import { List, Stack, Text, Title } from "@mantine/core";

export const Rotation = ({ mayMake }: { mayMake: boolean }) => (
  <section className="cg-panel" aria-labelledby="rotation">
    <Stack gap={4} p="sm" maw={760}>
      <Title order={2} id="rotation">
        Changing a key for another
      </Title>
      <Text size="sm">
        Two keys of a tenant work side by side, so that no request is refused in between
        {mayMake ? "" : "; an administrator does the first and the last step"}:
      </Text>
      <List type="ordered" size="sm">
        <List.Item>Make a second key of the same role, under a name that tells it from the first, such as with the year.</List.Item>
        <List.Item>Give it to the machine, and wait until “last used” of the second says today.</List.Item>
        <List.Item>When the first has had no use for a day or two, revoke it; its use stays in the figures.</List.Item>
      </List>
      <Text size="sm">If a key was seen by somebody who should not have it, revoke it first and make the second afterwards.</Text>
    </Stack>
  </section>
);

/** The form of a new key. What the API refuses stands beside the field that it is about. */

import { Button, Group, NumberInput, Radio, Stack, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useMutation } from "urql";
import { Failed, Problem, type ProblemWords } from "@/component/state";
import { fieldNumber } from "@/logic/number";
import { KEY_ROLE_TEXT, ROLE_NAME } from "@/logic/word";
import type { Made } from "@/page/key/key-page";
import { TenantSelect } from "@/page/key/tenant-select";
import { CreateApiKeyDocument } from "@/generated/graphql";

type KeyRole = keyof typeof KEY_ROLE_TEXT;

const YEAR = 365;
const FIELD: Readonly<Record<string, "name" | "days" | "tenant">> = {
  InvalidName: "name",
  NameTaken: "name",
  InvalidExpiry: "days",
  NotFound: "tenant",
};

interface NewKeyProps {
  tenant: string | undefined;
  onClose: () => void;
  onMade: (made: Made) => void;
}

export function NewKey({ tenant: chosen, onClose, onMade }: NewKeyProps) {
  const [name, setName] = useState("");
  const [tenant, setTenant] = useState(chosen);
  const [role, setRole] = useState<KeyRole>("PARTNER");
  // a key that runs out is renewed; one that does not is forgotten
  const [days, setDays] = useState<number | string>(YEAR);
  const [refused, setRefused] = useState<{ kind: string; words: ProblemWords } | null>(null);
  const [{ fetching, error }, create] = useMutation(CreateApiKeyDocument);
  const about = refused === null ? undefined : FIELD[refused.kind];
  const said = (field: string): string | undefined => (about === field && refused !== null ? `${refused.words.message}. ${refused.words.mend}` : undefined);

  const send = async () => {
    if (name.trim() === "" || tenant === undefined) {
      const missing = name.trim() === "" ? "InvalidName" : "NotFound";
      const message = missing === "InvalidName" ? "The key has no name yet" : "The key has no tenant yet";
      setRefused({ kind: missing, words: { message, mend: "Without it nobody can tell whose it is." } });
      return;
    }
    const expiresInDays = fieldNumber(days);
    if (Number.isNaN(expiresInDays)) {
      const words = { message: "This is no number of days", mend: "Give 1 to 3,650, or leave it empty." };
      setRefused({ kind: "InvalidExpiry", words });
      return;
    }
    const { data } = await create({ name, role, tenant, expiresInDays });
    const result = data?.createApiKey;
    if (result === undefined) return;
    if (result.__typename === "ApiKeyCreated") onMade({ key: result.key, secret: result.secret });
    else setRefused({ kind: result.__typename, words: result });
  };

  return (
    <section className="cg-panel" aria-labelledby="new-key">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="sm" p="sm" maw={620}>
          <Title order={2} id="new-key">
            New key
          </Title>
          <TenantSelect label="Whose" all={null} living value={tenant} onChange={setTenant} error={about === "tenant" ? said("tenant") : undefined} />
          <TextInput
            label="Name"
            description="What it is for: people tell keys by it"
            placeholder="shop backend"
            size="xs"
            maxLength={100}
            autoFocus
            required
            value={name}
            error={said("name")}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group label="Role" size="xs" value={role} onChange={(value) => setRole(value)}>
            <Stack gap={6} mt={4}>
              {(Object.keys(KEY_ROLE_TEXT) as KeyRole[]).map((each) => (
                <Radio key={each} value={each} size="xs" label={ROLE_NAME[each]} description={KEY_ROLE_TEXT[each]} />
              ))}
            </Stack>
          </Radio.Group>
          <NumberInput
            label="Runs out in"
            description="Days, 1 to 3,650; leave it empty for a key that never does"
            size="xs"
            w={{ base: "100%", xs: 240 }}
            suffix=" days"
            allowDecimal={false}
            thousandSeparator=","
            value={days}
            error={said("days")}
            onChange={setDays}
          />
          {error === undefined ? null : <Failed error={error} />}
          {refused === null || about !== undefined ? null : <Problem problem={refused.words} />}
          <Group gap="xs">
            <Button size="xs" type="submit" loading={fetching}>
              Make the key
            </Button>
            <Button size="xs" variant="default" onClick={onClose}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}

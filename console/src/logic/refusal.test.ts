import { GraphQLError } from "graphql";
import { expect, it } from "vitest";
import { isNotAllowed } from "@/logic/refusal";

const error = (code?: string) => ({ graphQLErrors: [new GraphQLError("no", { extensions: { code } })] });

it.each([
  ["an error of a query", { error: error("not_allowed") }],
  ["a token that is nobody's", { error: error("not_signed_in") }],
  ["what a mutation came to", { data: { decide: { __typename: "NotAllowed" } } }],
])("%s is a refusal because of who asks", (_, answer) => {
  expect(isNotAllowed(answer)).toBe(true);
});

it.each([
  ["an answer", { data: { viewer: null, decide: { __typename: "DecisionMade" }, stats: 3 } }],
  ["another refusal", { data: { decide: { __typename: "StaleVersion" } } }],
  ["another error", { error: error("unavailable") }],
  ["an error without a code", { error: error(), data: undefined }],
  ["no answer", { error: { graphQLErrors: [] }, data: null }],
])("%s is none", (_, answer) => {
  expect(isNotAllowed(answer)).toBe(false);
});

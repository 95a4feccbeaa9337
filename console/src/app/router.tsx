/** Every page and what its address may hold; each page is loaded when it is opened for the first time. */

import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { creatorAddress, keyAddress, queueAddress, reviewAddress, searchAddress, usageAddress } from "@/app/address";
import { Shell } from "@/app/shell";
import { exportAddress } from "@/page/export/address";
import { Broken, Nowhere } from "@/component/state";

const root = createRootRoute({ component: Shell, notFoundComponent: Nowhere, errorComponent: Broken });

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told to go elsewhere
    throw redirect({ to: "/review", search: {} });
  },
});

export const signInRoute = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (raw: Record<string, unknown>): { next?: string | undefined } => ({
    // a path of the console alone: a link must not lead to another site
    next: typeof raw.next === "string" && /^\/(?!\/)/u.test(raw.next) ? raw.next : undefined,
  }),
  component: lazyRouteComponent(() => import("@/page/sign-in/sign-in-page"), "SignInPage"),
});

export const reviewRoute = createRoute({
  getParentRoute: () => root,
  path: "/review",
  validateSearch: reviewAddress,
  component: lazyRouteComponent(() => import("@/page/review/review-page"), "ReviewPage"),
});

export const reviewItemRoute = createRoute({
  getParentRoute: () => reviewRoute,
  path: "$itemId",
});

export const creatorRoute = createRoute({
  getParentRoute: () => root,
  path: "/creator/$creatorId",
  validateSearch: creatorAddress,
  component: lazyRouteComponent(() => import("@/page/creator/creator-page"), "CreatorPage"),
});

export const queueRoute = createRoute({
  getParentRoute: () => root,
  path: "/queue",
  validateSearch: queueAddress,
  component: lazyRouteComponent(() => import("@/page/queue/queue-page"), "QueuePage"),
});

export const searchRoute = createRoute({
  getParentRoute: () => root,
  path: "/search",
  validateSearch: searchAddress,
  component: lazyRouteComponent(() => import("@/page/search/search-page"), "SearchPage"),
});

export const keyRoute = createRoute({
  getParentRoute: () => root,
  path: "/keys",
  validateSearch: keyAddress,
  component: lazyRouteComponent(() => import("@/page/key/key-page"), "KeyPage"),
});

export const usageRoute = createRoute({
  getParentRoute: () => root,
  path: "/usage",
  validateSearch: usageAddress,
  component: lazyRouteComponent(() => import("@/page/usage/usage-page"), "UsagePage"),
});

export const exportRoute = createRoute({
  getParentRoute: () => root,
  path: "/exports",
  validateSearch: exportAddress,
  component: lazyRouteComponent(() => import("@/page/export/export-page"), "ExportPage"),
});

export const webhookRoute = createRoute({
  getParentRoute: () => root,
  path: "/webhooks",
  validateSearch: (raw: Record<string, unknown>): { open?: string | undefined } => ({
    open: typeof raw.open === "string" ? raw.open : undefined,
  }),
  component: lazyRouteComponent(() => import("@/page/webhook/webhook-page"), "WebhookPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    signInRoute,
    reviewRoute.addChildren([reviewItemRoute]),
    creatorRoute,
    queueRoute,
    searchRoute,
    keyRoute,
    usageRoute,
    exportRoute,
    webhookRoute,
  ]),
  basepath: "/console",
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";

const api = process.env.CONSOLE_API ?? "http://127.0.0.1:8000";

/** @type {import("vitest/config").ViteUserConfig} */
export default {
  base: "/console/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: process.env.CONSOLE_OUT ?? "../creatorgraph/api/console",
    emptyOutDir: true,
    // the first that have light-dark(); for older ones it would be rewritten into what the library's colour switch does not know
    target: ["chrome123", "firefox120", "safari17.5"],
    // a data: URL would need a wider policy than 'self'
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // `npm run dev` beside a running `creatorgraph serve`
    proxy: { "/graphql": { target: api, ws: true }, "/session": api, "/v1": api },
  },
  test: { include: ["src/**/*.test.ts"] },
};

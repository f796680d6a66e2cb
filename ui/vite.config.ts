import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Refuses a production bundle that holds anything of dev/: invented data must never reach an analyst. */
const nothingInvented: Plugin = {
  name: "nothing-invented",
  generateBundle(_, bundle) {
    for (const part of Object.values(bundle)) {
      if (part.type !== "chunk") continue;
      const found = part.moduleIds.find((id) => id.includes("/ui/dev/"));
      if (found !== undefined) this.error(`production bundle holds ${found}`);
    }
  },
};

// `base` is relative because the shell serves the bundle from its own scheme.
// The mode `look` bundles the invented host of dev/, so screens can be judged in a browser; a production bundle has no trace of it.
export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: mode === "look" ? [react()] : [react(), nothingInvented],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  define: { __LOOK__: JSON.stringify(mode === "look") },
  build: {
    target: "es2022",
    outDir: mode === "look" ? "node_modules/.look" : "dist",
    emptyOutDir: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  test: {
    environment: "jsdom",
    globals: false,
    setupFiles: ["tests/setup.ts"],
    include: ["tests/**/*.test.{ts,tsx}"],
    css: { modules: { classNameStrategy: "non-scoped" as const } },
    testTimeout: 60_000,
    maxWorkers: 2,
  },
}));

import { defineConfig } from "vitest/config";

/**
 * functions: handlers, without a server. rights: the matrix of rights and the plans of
 * policies, races: parallel sessions, both on a real PostgreSQL (scripts/test starts it).
 * e2e: supabase-js against the local stack.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "functions",
          include: ["tests/functions/**/*.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "rights",
          include: ["tests/rights/**/*.test.ts"],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "races",
          include: ["tests/races/**/*.test.ts"],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          // Each boots a stack of its own, on free ports.
          pool: "forks",
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

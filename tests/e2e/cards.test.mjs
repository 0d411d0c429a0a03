// Every card in every state, drawn at desktop and phone width; pictures to look at in build/cards.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { draw } from "./render.mjs";

test("every card fits the width of a desktop and of a phone", async () => {
  rmSync("build/cards", { recursive: true, force: true });
  execFileSync(".venv/bin/python", ["-m", "tests.e2e.gallery"]);
  const { drawn, tooWide } = await draw("build/cards");
  assert.ok(drawn > 30);
  assert.deepEqual(tooWide, []);
});

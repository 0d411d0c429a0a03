// A survey in the Agents Playground: built, answered in place, and looked into; pictures in build/e2e.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Playground } from "./playground.mjs";

let playground;
before(async () => { playground = await Playground.start(); }, { timeout: 120_000 });
after(async () => { await playground?.stop(); }, { timeout: 30_000 });

test("personal chat: build a survey of three questions, answer it in place, see the results", async () => {
  const visit = await playground.visit();
  await visit.write("survey");
  await visit.fill({ Title: "How was the training?" });
  await visit.press("Add question");
  await visit.fill({ Question: "Which shift do you work?", "Options, one on each line": "Early\nLate\nNight" });
  await visit.picture("survey-1-question");
  await visit.press("Done");
  await visit.sees("1 question");
  await visit.press("Paste many");
  await visit.fill({ "Questions, and their options below them": "? How was it? (stars)\n---\n? What should we change? (long text)" });
  await visit.picture("survey-2-paste");
  await visit.press("Add the questions");
  await visit.sees("2 questions are added.");
  await visit.picture("survey-3-list");
  await visit.press("Preview");
  await visit.button("Send anyway").waitFor();
  await visit.picture("survey-4-preview");
  await visit.press("Send anyway");
  await visit.press("Answer");
  await visit.sees("Page 1 of 2");
  await visit.page.getByLabel("Late", { exact: true }).last().check();
  await visit.picture("survey-5-page");
  await visit.press("Next");
  await visit.sees("Page 2 of 2");
  const words = "More time for questions, and “less” coffee";
  await visit.page.getByLabel("3. What should we change?").last().fill(words);
  await visit.picture("survey-6-last-page");
  await visit.press("Review");
  await visit.sees("Nothing counts before you hand it in.");
  await visit.sees(words);
  await visit.picture("survey-7-review");
  await visit.press("Hand in");
  await visit.sees("Thank you!");
  await visit.picture("survey-8-receipt");
  await visit.press("Results");
  await visit.sees("1 · 100%");
  await visit.sees(words);
  await visit.picture("survey-9-results");
  await visit.close();
});

test("personal chat: a question that is wrong says so beside its field, and keeps what was typed", async () => {
  const visit = await playground.visit();
  await visit.write("survey");
  await visit.fill({ Title: "Wrong" });
  await visit.press("Add question");
  await visit.fill({ "Options, one on each line": "Early\nearly" });
  await visit.press("Done");
  await visit.sees("“early” is there twice.");
  assert.equal(await visit.page.getByLabel("Options, one on each line").last().inputValue(), "Early\nearly");
  await visit.picture("survey-10-wrong");
  await visit.close();
});

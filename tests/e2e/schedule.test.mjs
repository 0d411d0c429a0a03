// Posting later in the Agents Playground: from the form to the series, its card, and its results.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Playground } from "./playground.mjs";

let playground;
before(async () => { playground = await Playground.start(); }, { timeout: 120_000 });
after(async () => { await playground?.stop(); }, { timeout: 30_000 });

// A Sunday that is far enough off whenever this runs, and near enough to be taken.
const day = 24 * 3_600_000;
const soon = new Date(Date.now() + 60 * day);
const later = new Date(soon.getTime() - soon.getUTCDay() * day).toISOString().slice(0, 10);

test("personal chat: a poll is scheduled weekly, listed, posted now, and its results add up", async () => {
  const visit = await playground.visit();
  await visit.write("poll Lunch on Friday? | Pizza | Sushi");
  await visit.button("Send").waitFor();
  await visit.press("Schedule");
  await visit.page.getByLabel("First day").last().fill(later);
  await visit.page.getByLabel(/^Time \(/).last().fill("07:30");
  await visit.choose("Repeat", "every week, on chosen days");
  await visit.choose("Close after", "8 hours");
  await visit.picture("schedule-1-when");
  await visit.press("Next");
  for (const day of ["Monday", "Thursday"]) await visit.page.getByText(day, { exact: true }).last().click();
  await visit.picture("schedule-2-week");
  await visit.press("Next");
  await visit.sees(/Every week on Monday, Thursday,? and Sunday at/);
  await visit.sees("The next times:");
  await visit.sees("Closes after 8 hours");
  await visit.picture("schedule-3-check");
  await visit.press("Schedule");
  await visit.sees("Scheduled: Lunch on Friday?");
  await visit.picture("schedule-4-receipt");
  await visit.press("My actions");
  await visit.sees(/Next on/);
  await visit.picture("schedule-5-listed");
  await visit.press("Lunch on Friday?");
  await visit.sees("Not posted yet");
  await visit.press("Post now");
  await visit.button("Choose Sushi").waitFor();
  await visit.sees("1 time posted");
  await visit.picture("schedule-6-posted");
  await visit.press("Choose Sushi");
  await visit.sees("You voted: Sushi");
  await visit.press("Results across the series");
  await visit.sees("1 of 1 responded");
  await visit.press("All together");
  await visit.sees("This adds up 1 posting.");
  await visit.picture("schedule-7-together");
  await visit.close();
});

test("personal chat: a time that has passed says so, and what was typed stays", async () => {
  const visit = await playground.visit();
  await visit.write("poll Dinner? | Pizza | Sushi");
  await visit.button("Send").waitFor();
  await visit.press("Schedule");
  await visit.page.getByLabel("First day").last().fill("2020-01-01");
  await visit.choose("Repeat", "every month");
  await visit.press("Next");
  await visit.sees("This time has passed.");
  assert.equal(await visit.page.getByRole("combobox", { name: "Repeat" }).last().inputValue(), "every month");
  await visit.picture("schedule-8-wrong");
  await visit.close();
});

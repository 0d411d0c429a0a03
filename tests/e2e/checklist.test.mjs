// A checklist in the Agents Playground: made, ticked, finished; pictures in build/e2e.
import { after, before, test } from "node:test";
import { Playground } from "./playground.mjs";

let playground;
before(async () => { playground = await Playground.start(); }, { timeout: 120_000 });
after(async () => { await playground?.stop(); }, { timeout: 30_000 });

test("group chat: a list in one line, ticked on the card, a slip taken back, finished", async () => {
  const visit = await playground.visit();
  await visit.openChat("Early shift");
  await visit.mention("checklist Opening | Lights | Till | Floor");
  await visit.button("Tick: Till").waitFor();
  await visit.picture("checklist-1-card");
  await visit.press("Tick: Till");
  await visit.sees("1 of 3 done");
  await visit.press("Open again: Till");
  await visit.sees("0 of 3 done");
  for (const item of ["Lights", "Till"]) await visit.press(`Tick: ${item}`);
  await visit.sees("2 of 3 done");
  await visit.picture("checklist-2-ticked");
  await visit.press("Tick: Floor");
  await visit.sees("All done");
  await visit.picture("checklist-3-done");
  await visit.close();
});

test("personal chat: build a list with sections, say why something was not done, see the results", async () => {
  const visit = await playground.visit();
  await visit.write("checklist");
  await visit.fill({ Title: "Closing time" });
  await visit.picture("checklist-4-form");
  await visit.press("Paste many");
  await visit.fill({ "Items, one on each line": "Kitchen:\nClean the fryer\nEmpty the bins\nFront:\nLock the door" });
  await visit.picture("checklist-5-paste");
  await visit.press("Add the items");
  await visit.sees("3 items are added.");
  await visit.picture("checklist-6-items");
  await visit.press("Preview");
  await visit.press("Send");
  await visit.press("Open list");
  await visit.button("More about: Empty the bins").waitFor();
  await visit.picture("checklist-7-list");
  // First what has fields: a tick updates the card in the chat, too, some time later.
  await visit.press("More about: Clean the fryer");
  await visit.press("Not done …");
  await visit.press("Mark as not done");
  await visit.sees("Write why.");
  await visit.picture("checklist-8-why");
  await visit.fill({ "Why?": "The oil was still hot" });
  await visit.press("Mark as not done");
  await visit.sees("The oil was still hot");
  await visit.picture("checklist-9-reason");
  await visit.press("Tick: Empty the bins");
  await visit.sees("2 of 3 dealt with");
  await visit.press("Results");
  await visit.picture("checklist-10-results");
  await visit.press("History");
  await visit.sees("The oil was still hot");
  await visit.picture("checklist-11-history");
  await visit.close();
});

test("personal chat: a group's list is shared: who does an item, who else manages it", async () => {
  const group = await playground.visit();
  await group.openChat("Early shift");
  await group.mention("checklist Evening | Shutters | Alarm");
  await group.button("Tick: Alarm").waitFor();
  await group.sees("0 of 2 done");
  await group.close();
  const visit = await playground.visit();
  await visit.write("my actions");
  await visit.press("Evening");
  await visit.press("Co-creators");
  await visit.picture("checklist-12-co-creators");
  await visit.press("Add Ben Castillo");
  await visit.sees("Ben Castillo manages this from now on, too.");
  await visit.picture("checklist-13-co-creator-added");
  await visit.press("Back");
  await visit.press("Results");
  await visit.press("Open list");
  await visit.press("Change items");
  await visit.press("Change: Shutters");
  await visit.choose("Who should do it", "Ben Castillo");
  await visit.picture("checklist-14-who");
  await visit.press("Save");
  await visit.sees("for Ben Castillo");
  await visit.close();
});

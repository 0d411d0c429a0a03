// A poll's life in the Agents Playground, with pictures to look at in build/e2e.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Playground } from "./playground.mjs";

let playground;
before(async () => { playground = await Playground.start(); }, { timeout: 120_000 });
after(async () => { await playground?.stop(); }, { timeout: 30_000 });

test("personal chat: make a poll in the message, send it, vote, see the bars, close it", async () => {
  const visit = await playground.visit();
  await visit.write("poll");
  await visit.fill({ Question: "Lunch on Friday?", "Option 1": "Pizza Margherita from the place around the corner", "Option 2": "Sushi" });
  await visit.fill({ "More options, one on each line": "Salad bar\nKebab" });
  await visit.picture("personal-1-form");
  await visit.press("Preview");
  await visit.button("Send").waitFor();
  await visit.picture("personal-2-preview");
  await visit.press("Edit");
  assert.equal(await visit.page.getByLabel("Option 4").last().inputValue(), "Kebab");
  await visit.press("Preview");
  await visit.press("Send");
  await visit.press("Choose Sushi");
  await visit.sees("You voted: Sushi");
  await visit.sees("1 · 100%");
  await visit.picture("personal-3-voted");
  await visit.press("Results");
  await visit.sees("Summary");
  await visit.press("Responded");
  await visit.sees("Ada Okafor");
  await visit.picture("personal-4-responded");
  await visit.press("Manage");
  await visit.button("Close now").waitFor();
  await visit.picture("personal-5-manage");
  await visit.press("Close now");
  await visit.sees("POLL · closed");
  await visit.button("Choose Sushi").waitFor({ state: "detached" });
  await visit.sees("🏆");
  await visit.picture("personal-6-closed");
  await visit.close();
});

test("personal chat: a form that is wrong says so beside each field, and keeps what was typed", async () => {
  const visit = await playground.visit();
  await visit.write("poll");
  await visit.fill({ "Option 1": "Early", "Option 2": "early" });
  await visit.press("Preview");
  await visit.sees("Write what you want to ask.");
  await visit.sees("This option is there already.");
  assert.equal(await visit.page.getByLabel("Option 2").last().inputValue(), "early");
  await visit.picture("personal-7-wrong");
  await visit.close();
});

test("group chat: the message extension's command, post, vote, the shared card counts", async () => {
  const visit = await playground.visit();
  await visit.openChat("Early shift");
  await visit.useCommand("poll");
  await visit.fill({ Question: "Who takes the late shift?", "Option 1": "I can", "Option 2": "I cannot" });
  await visit.picture("group-1-form");
  await visit.press("Preview");
  await visit.button("Send").waitFor();
  await visit.picture("group-2-preview");
  await visit.press("Send");
  await visit.sees("It is posted.");
  await visit.closeDialog();
  await visit.sees("0 of 6 responded");
  await visit.press("Choose I can");
  await visit.sees("1 of 6 responded");
  await visit.picture("group-3-counted");
  await visit.close();
});

test("group chat: one line to the bot posts at once", async () => {
  const visit = await playground.visit();
  await visit.openChat("Early shift");
  await visit.mention("poll Coffee or tea? | Coffee | Tea");
  await visit.button("Choose Tea").waitFor();
  await visit.picture("group-4-one-line");
  await visit.close();
});

test("group chat: many people vote, the shared card follows, the voter's own card marks the choice", async () => {
  const visit = await playground.visit();
  await visit.openChat("Early shift");
  await visit.mention("poll Lunch on Friday? | Pizza Margherita from the place around the corner | Sushi | Salad bar | Kebab");
  const rows = await visit.pressAndRead("Choose Sushi");
  const votes = ["Choose Pizza Margherita from the place around the corner", "Take back Sushi", "Take back Sushi", "Choose Kebab", "Take back Sushi"];
  for (const [number, vote] of votes.entries()) {
    const data = { muster: rows[vote].muster.replace("take_back", "choose") };
    await playground.votesAs({ id: `user-id-${number + 1}`, name: `Person ${number}`, aadObjectId: `00000000-0000-0000-0000-000000000002${number + 1}` }, data);
  }
  await visit.sees("6 of 6 responded");
  await visit.press("Choose Sushi");
  await visit.sees("You voted: Sushi");
  await visit.cardPicture("poll");
  await visit.picture("group-5-many");
  await visit.close();
});

for (const [name, line, first] of [
  ["25-options", "poll Which machine first? | " + Array.from({ length: 25 }, (_, n) => `Machine ${n + 1} in hall ${n % 4}`).join(" | "), "Choose Machine 1 in hall 0"],
  ["long", `poll ${"Which shall we do first, given that the hall is closed until noon and the lift is out? ".repeat(5)} | ${"The gearbox, because it holds up everything behind it on the line; ".repeat(6)} | Nothing`, "Choose Nothing"],
  ["arabic-emoji", "poll ماذا نأكل يوم الجمعة؟ 🍕🍣 | بيتزا مارغريتا 🍕 | سوشي | Salad 🥗", "Choose Salad 🥗"],
]) {
  test(`personal chat: ${name} does not break a card`, async () => {
    const visit = await playground.visit();
    await visit.write(line);
    await visit.press("Send");
    await visit.press(first);
    await visit.sees("You voted");
    await visit.picture(`${name}-desktop`);
    await visit.close();
  });
}

// A quiz and a training in the Agents Playground, to the certificate; pictures in build/e2e.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PICTURES, Playground } from "./playground.mjs";

const QUIZ = `? What is the number to call? (text)
= 112
= one one two
# It works in all of Europe.
? Which put out burning oil? (several)
- Water
* Foam
* A lid
? Lifts are safe in a fire. (true/false)
= false`;

// Draws the first page, and gives its words.
const DRAW_PDF = `import sys, pypdfium2
page = pypdfium2.PdfDocument(sys.argv[1])[0]
page.render(scale=1.5).to_pil().save(sys.argv[2])
print(page.get_textpage().get_text_range())`;

let playground;
before(async () => { playground = await Playground.start(); }, { timeout: 120_000 });
after(async () => { await playground?.stop(); }, { timeout: 30_000 });

test("personal chat: build a quiz, take it, see what was right, and the results", async () => {
  const visit = await playground.visit();
  await visit.write("quiz");
  await visit.fill({ Title: "Fire drill" });
  await visit.press("Add question");
  await visit.fill({ Question: "What do you do first?", "Options, one on each line, with a star before the right one": "Run\n*Raise the alarm\nTake the lift", Points: "2" });
  await visit.picture("quiz-1-question");
  await visit.press("Done");
  await visit.press("Paste many");
  await visit.fill({ "Questions, and their options below them": QUIZ });
  await visit.picture("quiz-2-paste");
  await visit.press("Add the questions");
  await visit.sees("3 questions are added.");
  await visit.fill({ "Pass mark in percent": "70" });
  await visit.picture("quiz-3-list");
  await visit.press("Preview");
  await visit.press("Send");
  await visit.press("Start or continue");
  await visit.sees("70 % or more");
  await visit.picture("quiz-4-cover");
  await visit.press("Start");
  await visit.sees("Question 1 of 4");
  await visit.page.getByLabel("Raise the alarm", { exact: true }).last().check();
  await visit.picture("quiz-5-question");
  await visit.press("Answer");
  await visit.sees("Question 2 of 4");
  await visit.page.getByRole("textbox", { name: /number to call/ }).last().fill("One one  two");
  await visit.press("Answer");
  await visit.sees("Question 3 of 4");
  await visit.page.getByText("Water", { exact: true }).last().click();
  await visit.press("Answer");
  await visit.sees("Question 4 of 4");
  await visit.press("Go on without an answer");
  await visit.sees("✘ Not passed");
  await visit.picture("quiz-6-result");
  await visit.press("My answers");
  await visit.sees("It works in all of Europe.");
  await visit.picture("quiz-7-answers");
  await visit.press("My result");
  await visit.press("Results");
  await visit.sees("average score");
  await visit.sees("Hardest questions");
  await visit.picture("quiz-8-results");
  await visit.close();
});

test("personal chat: take a training to its certificate, whose picture says who and what", async () => {
  const visit = await playground.visit();
  await visit.write("training");
  await visit.fill({ Title: "Handling burning oil" });
  await visit.press("Add page");
  await visit.fill({ Heading: "What burns", Text: "**Oil** burns at 300 °C.\n\n- Cover it\n- Never pour water on it", "Seconds to stay at least before going on": "2", "Links, one on each line": "https://example.org/oil.mp4 | Watch it" });
  await visit.picture("training-1-lesson");
  await visit.press("Done");
  await visit.press("Paste many");
  await visit.fill({ "Questions, and their options below them": "? What puts it out?\n- Water\n* A lid" });
  await visit.press("Add the questions");
  await visit.button("More settings").click();
  await visit.fill({ "Pass mark in percent": "50", "Valid for how many months": "12" });
  await visit.picture("training-2-list");
  await visit.press("Preview");
  await visit.press("Send");
  await visit.press("Start or continue");
  await visit.picture("training-3-cover");
  await visit.press("Start");
  await visit.sees("Page 1 of 2");
  await visit.press("Next");
  await visit.sees("Please take a little longer");
  await visit.picture("training-4-lesson");
  const next = visit.page.getByText("Page 2 of 2");
  while (!await next.isVisible()) {
    await visit.press("Next");
  }
  await visit.page.getByLabel("A lid", { exact: true }).last().check();
  await visit.press("Answer");
  await visit.sees("✔ Right");
  await visit.picture("training-5-feedback");
  await visit.press("See the result");
  await visit.sees("Passed");
  await visit.picture("training-6-completed");
  await visit.press("Certificate");
  await visit.sees("This is your certificate.");
  await visit.picture("training-7-certificate");
  const code = await visit.page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/).last().textContent();
  const confirmed = await fetch(`${playground.bot}/certificates/${code.toLowerCase()}`);
  const page = await confirmed.text();
  assert.equal(confirmed.status, 200);
  assert.match(page, /Handling burning oil/);
  assert.match(page, /Ada Okafor/);
  const file = await fetch(`${playground.bot}/certificates/${code}.pdf`);
  assert.equal(file.headers.get("content-type"), "application/pdf");
  const pdf = join(PICTURES, "certificate.pdf");
  writeFileSync(pdf, Buffer.from(await file.arrayBuffer()));
  const words = execFileSync(".venv/bin/python", ["-c", DRAW_PDF, pdf, join(PICTURES, "training-8-certificate.png")], { encoding: "utf8" });
  for (const word of ["Ada Okafor", "Handling burning oil", "100", code]) assert.ok(words.includes(word), `${word} in ${words}`);
  const tab = await playground.browser.newPage({ viewport: { width: 390, height: 800 } });
  await tab.goto(`${playground.bot}/certificates/${code}`);
  await tab.screenshot({ path: join(PICTURES, "training-9-confirmed.png") });
  await tab.close();
  assert.equal((await fetch(`${playground.bot}/certificates/0000-0000-0000-0000`)).status, 404);
  await visit.close();
});

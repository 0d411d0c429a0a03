// Muster and the Agents Playground side by side on free ports, and a browser that looks at them.
//
// The Playground (0.2.28) draws real Teams cards and sends Action.Execute and the message
// extension's invokes; it opens no dialog from a card's button, shows no user-specific view of a
// group's card, and knows no preview of the message extension (docs/decisions/0003).
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { launchOptions } from "./browser.mjs";

export const PICTURES = "build/e2e";
const PATIENCE = 60_000;
const DESK = { width: 1400, height: 1000 };

export class Playground {
  static async start() {
    const playground = new Playground();
    try {
      await playground.#open();
    } catch (error) {
      await playground.stop();
      throw error;
    }
    return playground;
  }

  #processes = [];
  #folder = mkdtempSync(join(tmpdir(), "muster-e2e-"));

  async #open() {
    mkdirSync(PICTURES, { recursive: true });
    const [botPort, uiPort] = [await freePort(), await freePort()];
    const database = `sqlite:///${join(this.#folder, "muster.db")}`;
    this.#spawn(resolve(".venv/bin/python"), [resolve("app.py")],
      { PORT: String(botPort), DATABASE_URL: database, MUSTER_SECRET_KEY: "e2e".repeat(12), MUSTER_PUBLIC_URL: `http://127.0.0.1:${botPort}` }, process.cwd());
    this.bot = `http://127.0.0.1:${botPort}`;
    await answers(`${this.bot}/healthz`);
    this.#spawn(resolve("node_modules/.bin/agentsplayground"),
      ["start", "-e", `http://127.0.0.1:${botPort}/api/messages`, "-c", "msteams", "-p", String(uiPort), "--dt"],
      { TEAMSAPPTESTER_BROWSER: "none", M365_AGENTS_PLAYGROUND_CONFIG_PATH: resolve(".m365agentsplayground.yml") }, this.#folder);
    this.address = `http://127.0.0.1:${uiPort}/`;
    await answers(this.address);
    this.browser = await chromium.launch(launchOptions());
  }

  #spawn(command, parameters, settings, cwd) {
    const child = spawn(command, parameters,
      { cwd, env: { ...process.env, ...settings }, stdio: ["ignore", "ignore", "inherit"], detached: true });
    this.#processes.push(child);
  }

  async visit() {
    const page = await this.browser.newPage({ viewport: DESK });
    page.setDefaultTimeout(20_000);
    await page.goto(this.address, { waitUntil: "domcontentloaded" });
    await page.getByText("conversationUpdate 200").last().waitFor();
    return new Visit(page);
  }

  // Sends what Teams would send when another of the Playground's people taps a row of a group's card.
  async votesAs(person, data) {
    const activity = {
      type: "invoke", name: "adaptiveCard/action", channelId: "msteams", serviceUrl: `${this.address}_connector`,
      from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId }, recipient: { id: "bot" },
      conversation: { id: "group-chat-id", conversationType: "groupChat", tenantId: "00000000-0000-0000-0000-0000000000001" },
      value: { action: { type: "Action.Execute", verb: "choose", data }, trigger: "manual" },
    };
    const answer = await fetch(`${this.bot}/api/messages`,
      { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(activity) });
    const body = await answer.json();
    if (!JSON.stringify(body).includes("You voted")) throw new Error(`not stored: ${JSON.stringify(body)}`);
  }

  async stop() {
    await this.browser?.close();
    for (const child of this.#processes)
      if (child.exitCode === null) {
        const ended = new Promise((done) => child.once("exit", done));
        process.kill(-child.pid, "SIGTERM");
        await ended;
      }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export class Visit {
  constructor(page) {
    this.page = page;
  }

  // The list of chats may be folded away, which hides it from the mouse but not from the keyboard.
  async openChat(name) {
    await this.page.getByRole("treeitem", { name }).dispatchEvent("click");
  }

  async write(text) {
    const box = this.page.getByRole("textbox").last();
    await box.click();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Enter");
  }

  // Writes to the bot where it must be mentioned.
  async mention(text) {
    await this.page.getByRole("textbox").last().click();
    await this.page.keyboard.type("@Mus");
    const offered = this.page.getByRole("option", { name: /Muster/ }).or(this.page.getByRole("menuitem", { name: /Muster/ }));
    await offered.first().click();
    await this.page.keyboard.type(` ${text}`);
    await this.page.keyboard.press("Enter");
  }

  async fill(fields) {
    for (const [label, text] of Object.entries(fields)) await this.page.getByLabel(label, { exact: true }).last().fill(text);
  }

  // Chooses from a list that opens at a click.
  async choose(label, title) {
    await this.page.getByRole("combobox", { name: label }).last().click();
    await this.page.getByRole("option", { name: title, exact: true }).click();
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true }).last();
  }

  // Presses a button, and waits until its answer is drawn: what is typed before that is gone.
  // A card that is drawn anew under the pointer can swallow a click; then it is pressed again.
  async press(name) {
    for (let attempt = 1; ; attempt++) {
      const answered = this.#answer();
      await this.button(name).click();
      const answer = await answered;
      if (answer) {
        await this.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        return answer;
      }
      if (attempt === 3) throw new Error(`nothing was sent by pressing ${name}`);
    }
  }

  // Gives the answer to what is sent next, once it is here; null when nothing is sent for a while.
  async #answer() {
    const isInvoke = (message) => message.url().includes("/invoke");
    const request = await this.page.waitForRequest(isInvoke, { timeout: 2_000 }).catch(() => null);
    if (!request) return null;
    const response = await request.response();
    await response.finished();
    return response;
  }

  async sees(text) {
    await this.page.getByText(text).last().waitFor();
  }

  // "+" below the message field, "Action Command", the command's id.
  async useCommand(id) {
    await this.page.getByRole("button", { name: "Trigger Message Extension App" }).click();
    await this.page.getByRole("menuitem", { name: "Action Command" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("textbox").first().fill(id);
    await dialog.getByRole("button", { name: "Create" }).click();
  }

  // Presses a row and gives the buttons' data of the card that answers, by their titles.
  async pressAndRead(name) {
    const answer = await this.press(name);
    const rows = {};
    const collect = (node) => {
      if (node?.selectAction) rows[node.selectAction.title] = node.selectAction.data;
      if (node && typeof node === "object") Object.values(node).forEach(collect);
    };
    collect(await answer.json());
    return rows;
  }

  // The last card alone, as a picture for the documentation.
  async cardPicture(name) {
    await this.page.locator(".ac-adaptiveCard").last().screenshot({ path: `${PICTURES}/${name}.png` });
  }

  async closeDialog() {
    await this.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  }

  async picture(name) {
    await this.page.screenshot({ path: `${PICTURES}/${name}.png` });
  }

  async close() {
    await this.page.close();
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function answers(address) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      await fetch(address);
      return;
    } catch (error) {
      if (Date.now() > end) throw new Error(`${address} does not answer`, { cause: error });
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

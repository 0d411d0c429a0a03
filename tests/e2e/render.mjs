// Cards as Teams-like pictures, drawn by Microsoft's own renderer: wide and phone, light and dark.
import { readdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { launchOptions } from "./browser.mjs";

const font = "Segoe UI, Noto Sans, sans-serif";
const themes = {
  light: { page: "#f5f5f5", card: "#fff", text: "#242424", subtle: "#616161", line: "#d1d1d1",
    styles: { emphasis: "#f0f0f0", accent: "#c7d8f5", good: "#cfeccb", attention: "#f9d6d5", warning: "#fff1cc" } },
  dark: { page: "#141414", card: "#292929", text: "#fff", subtle: "#adadad", line: "#666",
    styles: { emphasis: "#3d3d3d", accent: "#2f4a7d", good: "#2b5a26", attention: "#6e2a29", warning: "#5c4a12" } },
};

function hostConfig(theme) {
  const text = { default: { default: theme.text, subtle: theme.subtle }, attention: { default: "#c4314b", subtle: "#c4314b" } };
  const style = (color) => ({ backgroundColor: color, foregroundColors: text, borderColor: theme.line });
  const styles = Object.fromEntries(Object.entries(theme.styles).map(([name, color]) => [name, style(color)]));
  return {
    fontFamily: font, spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    containerStyles: { default: style(theme.card), ...styles },
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    actions: { maxActions: 6, buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left" },
  };
}

const page = (theme) => `<html><body style="margin:12px;background:${theme.page}"><style>
  .card{background:${theme.card};border-radius:6px} button{font:600 14px ${font};padding:6px 12px;border-radius:4px;
  border:1px solid ${theme.line};background:transparent;color:${theme.text};margin:2px 0}
  input,textarea,select{font:14px ${font};padding:6px;box-sizing:border-box;width:100%;background:${theme.styles.emphasis};color:${theme.text};border:0;border-bottom:1px solid ${theme.line}}
  input[type=checkbox],input[type=radio]{width:auto} .edge{border:1px solid ${theme.line};border-radius:4px} *{color:inherit} ul,ol{box-sizing:border-box}</style><div class="card"></div></body></html>`;

const LOOKS = [["light", 560], ["light", 320], ["dark", 560]];

// Draws every card of a folder in every look beside it; gives those that are wider than the screen,
// and those with a row of buttons that is, which the renderer cuts off.
export async function draw(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const browser = await chromium.launch(launchOptions());
  const tooWide = [];
  try {
    for (const [name, width] of LOOKS) {
      const tab = await browser.newPage({ viewport: { width: width + 24, height: 400 } });
      for (const file of files) {
        const card = JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
        const shown = await show(tab, card, themes[name]);
        if (shown > width + 24) tooWide.push(`${file} at ${width}`);
        await tab.screenshot({ path: `${folder}/${file.slice(0, -5)}.${name}-${width}.png`, fullPage: true });
      }
      await tab.close();
    }
  } finally {
    await browser.close();
  }
  return { drawn: files.length, tooWide };
}

async function show(tab, card, theme) {
  await tab.setContent(page(theme));
  await tab.addStyleTag({ path: "node_modules/adaptivecards/dist/adaptivecards-carousel.css" });
  for (const script of ["adaptivecards/dist/adaptivecards.js", "markdown-it/dist/markdown-it.min.js"])
    await tab.addScriptTag({ path: `node_modules/${script}` });
  return tab.evaluate(({ card, config }) => {
    AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
      result.outputHtml = markdownit().render(text);
      result.didProcess = true;
    };
    const shown = new AdaptiveCards.AdaptiveCard();
    shown.hostConfig = new AdaptiveCards.HostConfig(config);
    shown.parse(card);
    document.querySelector(".card").append(shown.render());
    const rows = [...document.querySelectorAll(".ac-actionSet")];
    return document.documentElement.scrollWidth + Math.max(0, ...rows.map((row) => row.scrollWidth - row.clientWidth));
  }, { card, config: hostConfig(theme) });
}

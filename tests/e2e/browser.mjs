// The browser that draws cards and drives the Playground: Debian's chromium, or any Chrome there is.
import { execFileSync } from "node:child_process";

const NAMES = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export function launchOptions() {
  return {
    executablePath: NAMES.filter(Boolean).map(which).find(Boolean),
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  };
}

function which(name) {
  try {
    return execFileSync("which", [name], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

// Looks at every page of sites in a browser, from the disk:
//
//   node check.mjs CHROMIUM SITE ...      (run.sh does it; the modules are found from the working folder)
//
// at 390, 800 and 1280 px, light and dark: no overflow, no request beyond the site, no error on the console;
// axe-core without violations; the same text without JavaScript; the keyboard reaches everything; printed figures are
// whole; links resolve; HTML is valid; pages are light.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");
const { HtmlValidate } = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [executablePath, ...sites] = process.argv.slice(2);
const WIDTHS = [390, 800, 1280];
const SCHEMES = ["light", "dark"];
// Of a page with its style sheet and script, in bytes.
const BUDGET = { index: 300_000, other: 600_000 };
// Height of a sheet of A4 between margins of 1 cm, at 96 px an inch.
const SHEET = 1040;

const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Written by hand, where these are a matter of taste.
    "long-title": "off",
    "no-trailing-whitespace": "off",
    "tel-non-breaking": "off",
    // Regions that scroll are sections with a label, and need the keyboard.
    "no-redundant-role": "error",
    "prefer-native-element": "error",
    // The stylesheet and the script come from the same folder on the disk.
    "require-sri": "off",
    // Values that were computed: the width of a column, nothing else.
    "no-inline-style": "error",
  },
});

const violations = [];
const pages = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? pages(join(folder, entry.name)) : entry.name.endsWith(".html") ? [join(folder, entry.name)] : [],
  );
const openDetails = () => document.querySelectorAll("details").forEach((details) => (details.open = true));
const text = () => document.querySelector("main").textContent.replace(/\s+/g, " ").trim();

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

// A page in a context of its own, with everything that it does wrong by itself.
const visit = async (path, options, look) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", (error) => violations.push(`${path}: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) violations.push(`${path}: console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("file:") && !url.startsWith("data:")) violations.push(`${path}: asks for ${url}`);
    if (url.startsWith("file:") && !existsSync(fileURLToPath(url.split(/[?#]/)[0]))) violations.push(`${path}: ${url} is not there`);
  });
  await page.goto(pathToFileURL(path).href);
  const seen = await look(page);
  await context.close();
  return seen;
};

const overflow = async (page, path, name) => {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    if (needed > width) violations.push(`${path}: is ${needed} px wide at ${width} px (${name})`);
  }
};

const accessibility = async (page, path, scheme) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { preload: false }));
  for (const { id, nodes } of found.violations) {
    violations.push(`${path} (${scheme}): axe: ${id}: ${nodes[0].html.slice(0, 160)}`);
  }
};

// The tabulator reaches every link, button, summary and scrolling region, in the order of the page.
const keyboard = async (page, path) => {
  const wanted = await page.evaluate(() => {
    const elements = [...document.querySelectorAll('a[href], button, summary, input, select, [tabindex="0"]')];
    const seen = elements.filter((element) => element.checkVisibility());
    seen.forEach((element, place) => (element.dataset.place = place));
    return seen.length;
  });
  const reached = [];
  for (let press = 0; press < wanted; press += 1) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => Number(document.activeElement.dataset.place ?? -1)));
  }
  const lost = Array.from({ length: wanted }, (_, place) => place).filter((place) => !reached.includes(place));
  if (lost.length) {
    const html = await page.evaluate((place) => document.querySelector(`[data-place="${place}"]`).outerHTML, lost[0]);
    violations.push(`${path}: the keyboard does not reach ${lost.length} of ${wanted}, ${html.slice(0, 120)}`);
  }
};

// On paper no figure is cut: neither across pages nor at the edge.
const print = async (page, path) => {
  await page.setViewportSize({ width: 718, height: SHEET });
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  const cut = await page.evaluate((sheet) => {
    const blocks = [...document.querySelectorAll("figure, .lead")];
    return blocks.flatMap((block) => {
      const { height, right } = block.getBoundingClientRect();
      const drawings = [...block.querySelectorAll("svg")].map((svg) => svg.getBoundingClientRect().right);
      const wide = Math.max(right, ...drawings) > document.documentElement.clientWidth + 1;
      const torn = getComputedStyle(block).breakInside !== "avoid" || height > sheet;
      return torn || wide ? [`${block.className || block.tagName}: ${torn ? "may be torn" : "is wider than the paper"}`] : [];
    });
  }, SHEET);
  cut.forEach((what) => violations.push(`${path}: printed, ${what}`));
  const pdf = await page.pdf({ format: "A4" });
  if (pdf.length < 5_000) violations.push(`${path}: prints an empty page`);
};

// The slider moves every picture of a film to the same moment: what each shows is what the page holds for that moment.
const film = async (page, path) => {
  if (!(await page.$("#film"))) return;
  if (await page.$eval("#film", (section) => section.hidden)) violations.push(`${path}: the film stays hidden`);
  const { moments, scenes } = JSON.parse(await page.$eval("#film-frames", (script) => script.textContent));
  const shown = () =>
    page.evaluate(() => {
      const drawing = (svg) => {
        const cells = svg.querySelector(".cells");
        const step = (cell) => Number(cell.getAttribute("class").match(/h(\d+)/)[1]).toString(16);
        return cells ? [...cells.children].map(step).join("") : svg.querySelector(".moving").innerHTML;
      };
      return {
        said: document.getElementById("film-moment").textContent,
        drawings: [...document.querySelectorAll("#film .scene svg")].map(drawing),
      };
    });
  // As the browser writes it: its own way of closing empty elements.
  const written = (marks) =>
    page.evaluate((text) => {
      const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
      group.innerHTML = text;
      return group.innerHTML;
    }, marks);
  const agrees = async (frame, how) => {
    const { said, drawings } = await shown();
    if (said !== moments[frame]) violations.push(`${path}: after ${how} the slider says ${said}, not ${moments[frame]}`);
    for (const [number, { cells, frames }] of scenes.entries()) {
      const wanted = cells ? frames[frame] : await written(frames[frame]);
      if (drawings[number] !== wanted) violations.push(`${path}: after ${how} picture ${number + 1} shows another moment`);
    }
    return drawings;
  };
  const last = moments.length - 1;
  const end = await agrees(last, "opening");
  await page.focus("#film-time");
  await page.keyboard.press("Home");
  const start = await agrees(0, "Home");
  for (let press = 0; press < Math.floor(last / 2); press += 1) await page.keyboard.press("ArrowRight");
  const middle = await agrees(Math.floor(last / 2), "half of the way by arrow keys");
  for (const number of scenes.keys()) {
    const pictures = new Set([start[number], middle[number], end[number]]);
    if (pictures.size < 3) violations.push(`${path}: picture ${number + 1} of the film does not move`);
  }
  await page.click("#film-play");
  await page.waitForFunction((text) => document.getElementById("film-moment").textContent !== text, moments[Math.floor(last / 2)]);
  await page.click("#film-play");
  await page.focus("#film-time");
  await page.keyboard.press("End");
  await agrees(last, "End");
  films += 1;
};

const links = (path, html) => {
  const ids = (file) => new Set([...readFileSync(file, "utf8").matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]));
  for (const [, link] of html.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
    if (/^(https:|mailto:)/.test(link)) continue;
    const [file, fragment] = link.split("#");
    const target = file ? resolve(dirname(path), decodeURIComponent(file)) : path;
    if (!existsSync(target) || !statSync(target).isFile()) violations.push(`${path}: ${link} leads nowhere`);
    else if (fragment && !ids(target).has(fragment)) violations.push(`${path}: ${link} leads to no place`);
  }
};

const weight = (path, site) => {
  const bytes = [path, join(site, "style.css"), join(site, "script.js")].reduce((sum, file) => sum + statSync(file).size, 0);
  const most = path === join(site, "index.html") ? BUDGET.index : BUDGET.other;
  if (bytes > most) violations.push(`${path}: weighs ${bytes} bytes (at most ${most})`);
};

let number = 0;
let films = 0;
for (const site of sites.map((site) => resolve(site))) {
  for (const path of pages(site)) {
    number += 1;
    const html = readFileSync(path, "utf8");
    links(path, html);
    weight(path, site);
    const report = await validator.validateString(html, path);
    for (const { messages } of report.results) {
      messages.forEach(({ ruleId, message, line }) => violations.push(`${path}:${line}: ${ruleId}: ${message}`));
    }
    const scripted = await visit(path, {}, async (page) => {
      const said = await page.evaluate(text);
      await keyboard(page, path);
      await film(page, path);
      await page.evaluate(openDetails);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await overflow(page, path, colorScheme);
        await accessibility(page, path, colorScheme);
      }
      await print(page, path);
      return said;
    });
    const bare = await visit(path, { javaScriptEnabled: false, viewport: { width: 390, height: 800 } }, async (page) => {
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      if (needed > 390) violations.push(`${path}: is ${needed} px wide at 390 px (without JavaScript)`);
      return page.evaluate(text);
    });
    if (bare.length < 200 || scripted !== bare) violations.push(`${path}: says something else without JavaScript`);
  }
}
await browser.close();

const unique = [...new Set(violations)];
if (!films) unique.push("no page has a film");
console.log(unique.length ? unique.join("\n") : `${number} pages are in order, ${films} of them with a film`);
process.exitCode = unique.length ? 1 : 0;

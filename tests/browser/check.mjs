// Looks at every page of a site in a browser: no horizontal overflow at 390 px, no accessibility violation (axe-core), no
// request beyond the site, no error of a script, and the same text without JavaScript.
//
//   npm install --no-save playwright-core axe-core
//   node tests/browser/check.mjs reports/site [path of chromium]
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const site = resolve(process.argv[2] ?? "reports/site");
const executablePath = process.argv[3] ?? "/usr/bin/chromium";

const pages = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? pages(join(folder, entry.name)) : entry.name.endsWith(".html") ? [join(folder, entry.name)] : [],
  );

const violations = [];
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

const visit = async (path, options, look) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", (error) => violations.push(`${path}: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) violations.push(`${path}: asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(path).href);
  const seen = await look(page);
  await context.close();
  return seen;
};

for (const path of pages(site)) {
  for (const colorScheme of ["light", "dark"]) {
    await visit(path, { colorScheme }, async (page) => {
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      await page.evaluate(axe);
      const { violations: found } = await page.evaluate(() => axe.run(document));
      for (const { id, nodes } of found) violations.push(`${path} (${colorScheme}): ${id}: ${nodes[0].html.slice(0, 200)}`);
    });
  }
  await visit(path, { viewport: { width: 390, height: 800 } }, async (page) => {
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 390) violations.push(`${path}: is ${width} px wide at 390 px`);
  });
  const text = (page) => page.evaluate(() => document.querySelector("main").textContent.replace(/\s+/g, " ").trim());
  const [scripted, bare] = [await visit(path, {}, text), await visit(path, { javaScriptEnabled: false }, text)];
  if (bare.length < 200 || scripted !== bare) violations.push(`${path}: says something else without JavaScript`);
}
await browser.close();

console.log(violations.length ? violations.join("\n") : `${pages(site).length} pages are in order`);
process.exitCode = violations.length ? 1 : 0;

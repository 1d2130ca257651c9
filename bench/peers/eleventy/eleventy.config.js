// Eleventy for the benchmark: Nunjucks layouts, Markdown without a template pass, the official RSS plugin.
import { feedPlugin } from "@11ty/eleventy-plugin-rss";

const day = (date) => date.toISOString().slice(0, 10);
const byTitle = (one, other) => (one.data.title < other.data.title ? -1 : 1);

export default function (config) {
  config.addFilter("day", day);
  config.addFilter("byTitle", (pages) => [...pages].sort(byTitle));
  config.addCollection("pages", (collections) => collections.getFilteredByGlob("content/pages/*.md"));
  config.addPlugin(feedPlugin, {
    type: "rss",
    outputPath: "/feed.xml",
    collection: { name: "pages", limit: 50 },
    metadata: { language: "en", title: "Bench", subtitle: "Bench", base: "https://bench.example/", author: { name: "Bench" } },
  });
  return {
    dir: { input: "content", includes: "../layouts", output: "_site" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}

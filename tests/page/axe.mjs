// What axe finds against WCAG 2.2 A and AA, a line each.
import axe from 'axe-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export async function violations(page) {
  await page.evaluate(axe.source); // not a script of the page, so the policy does not mind
  const { violations } = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, preload: false }),
    tags,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => (
    `${id}: ${node.target.join(' ')}: ${node.failureSummary.split('\n').slice(1, 2).join().trim()}`
  )));
}

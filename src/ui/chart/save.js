// A chart as a file of its own: its title above, its sentence, source and link below.
const xml = 'http://www.w3.org/2000/svg';
const pad = 16;
const line = 18;

// Text in lines that fit a width; a long word is broken.
function wrap(text, width, measure) {
  const lines = [''];
  for (const word of text.match(/\S+\s*/g) ?? []) {
    let rest = word;
    if (measure(lines.at(-1) + rest.trimEnd()) > width && lines.at(-1)) lines.push('');
    while (measure(rest.trimEnd()) > width && rest.length > 1) {
      let end = rest.length - 1;
      while (end > 1 && measure(rest.slice(0, end)) > width) end -= 1;
      lines[lines.length - 1] = rest.slice(0, end);
      lines.push('');
      rest = rest.slice(end);
    }
    lines[lines.length - 1] += rest;
  }
  return lines.map((each) => each.trimEnd());
}

function make(name, attributes, ...children) {
  const element = document.createElementNS(xml, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function compose(canvas, title, texts) {
  const drawing = canvas.querySelector('svg').cloneNode(true);
  const { width, height } = canvas.getBoundingClientRect();
  const of = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const family = getComputedStyle(canvas).fontFamily;
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `12px ${family}`;
  const lines = texts.flatMap((text) => wrap(text, width, (part) => pen.measureText(part).width));
  const top = pad + 28;
  const whole = { width: width + 2 * pad, height: top + height + lines.length * line + pad };
  const svg = make('svg', {
    ...whole, viewBox: `0 0 ${whole.width} ${whole.height}`, 'font-family': family, 'font-size': 12,
  });
  const say = (text, y, more) => make('text', { x: pad, y, ...more }, text);
  drawing.setAttribute('x', pad);
  drawing.setAttribute('y', top);
  svg.append(
    make('rect', { width: '100%', height: '100%', fill: of('--surface') }),
    say(title, pad + 14, { fill: of('--ink'), 'font-size': 15, 'font-weight': 600 }),
    drawing,
    ...lines.map((text, at) => say(text, top + height + (at + 1) * line, { fill: of('--ink-muted') })),
  );
  return { text: new XMLSerializer().serializeToString(svg), ...whole };
}

function hand(blob, name) {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}

// Hands the drawing of an element to the browser as `svg` or `png`; rejects what cannot be drawn.
export async function save(id, kind, title, texts) {
  const { text, width, height } = compose(document.getElementById(id), title, texts);
  const name = `${id.replace('chart-', '')}.${kind}`;
  if (kind === 'svg') return hand(new Blob([text], { type: 'image/svg+xml' }), name);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const paper = document.createElement('canvas');
  const sharp = 2; // for screens with two pixels to a point
  [paper.width, paper.height] = [width * sharp, height * sharp];
  const pen = paper.getContext('2d');
  pen.scale(sharp, sharp);
  pen.drawImage(image, 0, 0);
  const blob = await new Promise((done) => paper.toBlob(done, 'image/png'));
  return hand(blob, name);
}

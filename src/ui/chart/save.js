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

// Color of a token on the page as it is, for a file that knows no tokens.
function color(token) {
  const probe = document.body.appendChild(document.createElement('span'));
  probe.style.color = `var(${token})`;
  const { color: found } = getComputedStyle(probe);
  probe.remove();
  return found;
}

// Places of the title, the drawing and the lines below it.
function layOut(canvas, texts) {
  const { width, height } = canvas.getBoundingClientRect();
  const family = getComputedStyle(canvas).fontFamily;
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `12px ${family}`;
  const lines = texts.flatMap((text) => wrap(text, width, (part) => pen.measureText(part).width));
  const top = pad + 28;
  return {
    family, lines, top, drawing: { width, height },
    width: width + 2 * pad, height: top + height + lines.length * line + pad,
    below: (at) => top + height + (at + 1) * line,
    paper: color('--surface'), ink: color('--ink'), muted: color('--ink-muted'),
  };
}

function asSvg(canvas, title, place) {
  const drawing = canvas.querySelector('svg').cloneNode(true);
  const { width, height } = place;
  const svg = make('svg', {
    width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': place.family, 'font-size': 12,
  });
  const say = (text, y, more) => make('text', { x: pad, y, ...more }, text);
  drawing.setAttribute('x', pad);
  drawing.setAttribute('y', place.top);
  svg.append(
    make('rect', { width: '100%', height: '100%', fill: place.paper }),
    say(title, pad + 14, { fill: place.ink, 'font-size': 15, 'font-weight': 600 }),
    drawing,
    ...place.lines.map((text, at) => say(text, place.below(at), { fill: place.muted })),
  );
  return new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });
}

// A page under a strict policy may not show a drawing as an image, so it is drawn once more.
function asPng(canvas, title, place, paint) {
  const paper = document.createElement('canvas');
  const sharp = 2; // for screens with two pixels to a point
  [paper.width, paper.height] = [place.width * sharp, place.height * sharp];
  const pen = paper.getContext('2d');
  pen.scale(sharp, sharp);
  pen.fillStyle = place.paper;
  pen.fillRect(0, 0, place.width, place.height);
  const say = (text, y, font, ink) => {
    pen.font = `${font} ${place.family}`;
    pen.fillStyle = ink;
    pen.fillText(text, pad, y);
  };
  say(title, pad + 14, '600 15px', place.ink);
  place.lines.forEach((text, at) => say(text, place.below(at), '12px', place.muted));
  const { width, height } = place.drawing;
  const drawn = paint(canvas, { width, height, devicePixelRatio: sharp });
  pen.drawImage(drawn, pad, place.top, width, height);
  return new Promise((done) => paper.toBlob(done, 'image/png'));
}

function hand(blob, name) {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}

// Hands the drawing of an element to the browser as `svg` or `png`; `paint` draws it as pixels.
export async function saveAs(id, kind, title, texts, paint) {
  const canvas = document.getElementById(id);
  const place = layOut(canvas, texts);
  const file = kind === 'svg' ? asSvg(canvas, title, place) : await asPng(canvas, title, place, paint);
  hand(file, `${id.replace('chart-', '')}.${kind}`);
}

// What the program and its glue call each other by. wasm-bindgen gives each function that crosses
// from one to the other a name with a hash in it, in both: 7 kB of the first load that say nothing
// to a machine. It also keeps the streams of a library whose server functions nobody calls here.
//
//   const { wasm, glue } = lean(wasm, glue);   // bytes and text of the same program

const MAGIC = 8; // bytes before the first section
const IMPORTS = 2;
const EXPORTS = 7;
const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;
const TAG = 4;
// Names of these kinds are known outside: the memory, the table, what the parts share.
const isUnused = (name) => /^(__wbg_)?intounderlying/.test(name);
const isLong = (name) => /^(__wbg_|__wbindgen_|wasm_bindgen_)/.test(name);

// Reads bytes, and remembers where it is.
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at];
      this.at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return new TextDecoder().decode(this.take(this.number()));
  }
}

const number = (value) => {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
};
const text = (name) => {
  const bytes = new TextEncoder().encode(name);
  return [number(bytes.length), bytes];
};
const joined = (parts) => Uint8Array.from(Buffer.concat(parts));

// Skips what is said of an import after its name.
function skipKind(reader) {
  const kind = reader.number();
  const limits = () => {
    const flags = reader.number();
    reader.number();
    if (flags & 1) reader.number();
  };
  if (kind === FUNCTION) reader.number();
  else if (kind === TABLE) {
    reader.take(1);
    limits();
  } else if (kind === MEMORY) limits();
  else if (kind === GLOBAL) reader.take(2);
  else if (kind === TAG) {
    reader.take(1);
    reader.number();
  } else throw new Error(`no import is known of kind ${kind}`);
}

function rewritten(section, isImport, short) {
  const reader = new Reader(section);
  const count = reader.number();
  const parts = [];
  let kept = 0;
  for (let entry = 0; entry < count; entry += 1) {
    const module = isImport ? text(reader.text()) : [];
    const name = reader.text();
    const start = reader.at;
    if (isImport) {
      skipKind(reader);
    } else {
      reader.take(1);
      reader.number();
    }
    if (!isImport && isUnused(name)) continue;
    kept += 1;
    parts.push(...module, ...text(short(name)), section.subarray(start, reader.at));
  }
  return joined([number(kept), ...parts]);
}

// Takes the classes of the unused streams out of the glue.
function withoutStreams(glue) {
  const parts = [
    /export class IntoUnderlying\w+ \{[\s\S]*?\n\}\n(if \(Symbol\.dispose\).*\n)?/g,
    /const IntoUnderlying\w+Finalization = [\s\S]*?;\n/g,
  ];
  const rest = parts.reduce((text, part) => text.replace(part, ''), glue);
  if (rest.includes('IntoUnderlying')) throw new Error('the glue of the streams is not as expected');
  return rest;
}

export function lean(wasm, glue) {
  const names = new Map();
  const short = (name) => {
    if (!isLong(name)) return name;
    if (!names.has(name)) names.set(name, `$${names.size.toString(36)}`);
    return names.get(name);
  };
  const reader = new Reader(wasm);
  const parts = [reader.take(MAGIC)];
  while (reader.at < wasm.length) {
    const id = reader.number();
    const section = reader.take(reader.number());
    const isNamed = id === IMPORTS || id === EXPORTS;
    const now = isNamed ? rewritten(section, id === IMPORTS, short) : section;
    parts.push(Uint8Array.of(id), number(now.length), now);
  }
  const plain = withoutStreams(glue);
  const taken = [...names.values()].find((name) => new RegExp(`\\${name}\\b`).test(plain));
  if (taken) throw new Error(`${taken} is a name of the glue already`);
  const shorter = plain.replace(/[A-Za-z_$][\w$]*/g, (name) => names.get(name) ?? name);
  return { wasm: joined(parts), glue: shorter };
}

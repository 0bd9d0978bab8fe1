/**
 * A second opinion on what a message holds, sure of itself or silent: it knows only messages in which nothing at all is
 * irregular, and is written apart from the reader, so that the two do not share their mistakes.
 */
export type Leaf = {
  readonly kind: 'text' | 'file' | 'message';
  readonly mediaType: string;
  readonly bytes: Buffer;
};

type Entity = { readonly fields: ReadonlyMap<string, string>; readonly body: string };

/** The leaves of a message, or null when anything in it could be understood in two ways. */
export function leavesOf(message: Buffer): readonly Leaf[] | null {
  const text = message.toString('latin1');
  const entity = /^[\r\n]/.test(text) ? null : parted(text);
  return entity === null ? null : leaves(entity, 'text/plain', 0);
}

function parted(text: string): Entity | null {
  if (/\r(?!\n)/.test(text) || text.includes('\0')) return null;
  const blank = /^\r?\n|\r?\n\r?\n/.exec(text);
  if (!blank) return null;
  const head = text.slice(0, blank.index).replace(/\r?\n(?=[ \t])/g, '');
  const fields = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    if (line === '') continue;
    const field = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line);
    if (!field) return null;
    const key = field[1]!.toLowerCase();
    if (key.startsWith('content-') && fields.has(key)) return null;
    fields.set(key, field[2]!.trim());
  }
  return { fields, body: text.slice(blank.index + blank[0].length) };
}

const TYPE = /^([a-z0-9.+_-]+\/[a-z0-9.+_-]+)\s*(?:;|$)/i;
const BOUNDARY = /;\s*boundary=(?:"([^"\\]+)"|([^\s;"]+))/i;

function leaves(entity: Entity, fallback: string, depth: number): readonly Leaf[] | null {
  const stated = entity.fields.get('content-type') ?? fallback;
  const mediaType = TYPE.exec(stated)?.[1]?.toLowerCase();
  if (!mediaType || depth > 20) return null;
  if (mediaType.startsWith('multipart/')) return multipart(entity, stated, mediaType, depth);
  const bytes = unpacked(entity);
  if (bytes === null) return null;
  const kind = mediaType === 'message/rfc822' ? 'message' : mediaType.startsWith('text/') ? 'text' : 'file';
  return [{ kind, mediaType, bytes }];
}

function multipart(entity: Entity, stated: string, mediaType: string, depth: number): readonly Leaf[] | null {
  const found = BOUNDARY.exec(stated);
  const boundary = found?.[1] ?? found?.[2];
  if (!boundary || !/^(?:7bit|8bit|binary|)$/i.test(entity.fields.get('content-transfer-encoding') ?? ''))
    return null;
  const lines = entity.body.split('\n');
  const isLine = (line: string, mark: string) => line.replace(/[ \t\r]+$/, '') === mark;
  const marks = lines.flatMap((line, index) => (isLine(line, `--${boundary}`) ? [index] : []));
  const close = lines.findIndex((line) => isLine(line, `--${boundary}--`));
  if (marks.length === 0 || close < marks.at(-1)!) return null;
  const out: Leaf[] = [];
  for (const [index, mark] of marks.entries()) {
    const text = lines
      .slice(mark + 1, marks[index + 1] ?? close)
      .join('\n')
      .replace(/\r$/, '');
    const part = parted(text);
    const inner =
      part && leaves(part, mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain', depth + 1);
    if (!inner) return null;
    out.push(...inner);
  }
  return out;
}

function unpacked({ fields, body }: Entity): Buffer | null {
  const encoding = (fields.get('content-transfer-encoding') ?? '7bit').toLowerCase();
  if (/^(?:7bit|8bit|binary)$/.test(encoding)) return Buffer.from(body, 'latin1');
  if (encoding === 'base64') {
    const plain = body.replace(/[\r\n]/g, '');
    const isWhole = plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
    return isWhole ? Buffer.from(plain, 'base64') : null;
  }
  if (encoding !== 'quoted-printable' || /=(?![0-9A-F]{2}|\r?\n)|[ \t]\r?\n|[ \t]$/.test(body)) return null;
  const joined = body.replace(/=\r?\n/g, '');
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

import DOMPurify from 'dompurify';

/** A mail's HTML made safe to show, and what it would have loaded from elsewhere. */
export type SafeHtml = {
  readonly document: string;
  readonly blocked: number;
  readonly hosts: readonly string[];
};

type Tally = { blocked: number; hosts: Set<string> };
/** Content-Id → data URL, for pictures that travel inside of the mail. */
type Inline = Readonly<Record<string, string>>;

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
const LOADING = [
  'src',
  'srcset',
  'poster',
  'background',
  'data',
  'longdesc',
  'dynsrc',
  'lowsrc',
  'xlink:href',
] as const;
const FORBIDDEN = [
  'script',
  'iframe',
  'object',
  'embed',
  'form',
  'input',
  'button',
  'textarea',
  'select',
  'base',
  'meta',
  'link',
  'audio',
  'video',
  'svg',
  'math',
  'template',
];
const CSS_LOAD = /url\(\s*(['"]?)(?!['"]?data:)([^)'"]*)\1\s*\)|@import[^;]*;?/gi;

/**
 * Cleans foreign HTML for a frame without scripts, and takes out all that would be loaded from elsewhere.
 * The frame's own policy blocks the same again: two locks, because the sender chooses every byte of this.
 *
 * @param html Attacker-controlled.
 */
export function safeHtml(html: string, inline: Inline): SafeHtml {
  const tally: Tally = { blocked: 0, hosts: new Set() };
  const purify = DOMPurify(window);
  purify.addHook('uponSanitizeElement', (node, { tagName }) => {
    if (tagName === 'link' && node instanceof Element) count(tally, node.getAttribute('href') ?? '');
    if (tagName === 'style') node.textContent = withoutLoads(node.textContent ?? '', tally);
  });
  purify.addHook('beforeSanitizeAttributes', (node) => {
    if (node instanceof Element) keepInside(node, inline, tally);
  });
  const body = purify.sanitize(html, {
    FORBID_TAGS: FORBIDDEN,
    FORBID_ATTR: ['ping', 'target'],
    WHOLE_DOCUMENT: true,
  });
  return { document: frame(body), blocked: tally.blocked, hosts: [...tally.hosts] };
}

function keepInside(element: Element, inline: Inline, tally: Tally): void {
  for (const name of LOADING) {
    const value = element.getAttribute(name);
    if (value === null) continue;
    const picture = name === 'src' ? pictureInside(value, inline) : undefined;
    if (picture) element.setAttribute(name, picture);
    else {
      if (!value.startsWith('data:')) count(tally, value);
      element.removeAttribute(name);
    }
  }
  const style = element.getAttribute('style');
  if (style) element.setAttribute('style', withoutLoads(style, tally));
  disarmLink(element);
}

function pictureInside(value: string, inline: Inline): string | undefined {
  if (/^data:image\/(png|jpe?g|gif|webp|bmp);base64,/i.test(value)) return value;
  return /^cid:/i.test(value) ? inline[decodeURIComponent(value.slice('cid:'.length))] : undefined;
}

/** A link followed inside of the frame would be a request: its address can be read and not followed. */
function disarmLink(element: Element): void {
  const address = element.getAttribute('href');
  if (address === null || address.startsWith('#')) return;
  element.removeAttribute('href');
  element.setAttribute('title', address);
}

function withoutLoads(css: string, tally: Tally): string {
  return css.replace(CSS_LOAD, (_all, _quote, address?: string) => {
    count(tally, address ?? '');
    return 'none';
  });
}

function count(tally: Tally, address: string): void {
  tally.blocked++;
  const host = URL.parse(address.startsWith('//') ? `https:${address}` : address)?.hostname;
  if (host) tally.hosts.add(host);
}

function frame(body: string): string {
  const style =
    'body{font:14px/1.45 system-ui,sans-serif;color:#1b1f23;background:#fff;margin:12px;overflow-wrap:anywhere}a{text-decoration:underline}img{max-width:100%}';
  const head = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><style>${style}</style>`;
  return `<!doctype html>${body.replace(/<head>/i, `<head>${head}`)}`;
}

import { parseDocument } from 'htmlparser2';

/** The part of a parsed page that readers look at. */
export type HtmlNode = {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly HtmlNode[];
};

/** Nobody reads on from the line above into one of these. */
const PARAGRAPHS = new Set(['p', 'blockquote', 'pre', 'li']);
/** Deeper elements are left unread: no page of a chat has so many. */
const MAX_DEPTH = 100;

export function parseHtml(html: string): HtmlNode {
  return parseDocument(html) as unknown as HtmlNode;
}

/** Every element below, in the page's order, for which the test holds; what is inside a found one is not looked at. */
export function findAll(node: HtmlNode, test: (node: HtmlNode) => boolean, depth = 0): readonly HtmlNode[] {
  if (depth > MAX_DEPTH) return [];
  return (node.children ?? []).flatMap((child) => (test(child) ? [child] : findAll(child, test, depth + 1)));
}

export function find(node: HtmlNode, test: (node: HtmlNode) => boolean, depth = 0): HtmlNode | null {
  for (const child of depth > MAX_DEPTH ? [] : (node.children ?? [])) {
    const found = test(child) ? child : find(child, test, depth + 1);
    if (found) return found;
  }
  return null;
}

export function withClass(name: string): (node: HtmlNode) => boolean {
  return (node) => ` ${attr(node, 'class')} `.includes(` ${name} `);
}

export function attr(node: HtmlNode | null, name: string): string {
  return node?.attribs?.[name] ?? '';
}

/**
 * The words of an element: `<br>` is a new line, a paragraph, quotation or list item has lines of its own, a picture is
 * its alternative text, line breaks of the page's own source are blanks.
 *
 * @param skip Elements that hold no words of the text.
 */
export function textOf(node: HtmlNode | null, skip: (node: HtmlNode) => boolean = () => false): string {
  const words = node ? rawText(node, skip, 0) : '';
  return words.replace(/[ \t]*\n[ \t]*/g, '\n').trim();
}

function rawText(node: HtmlNode, skip: (node: HtmlNode) => boolean, depth: number): string {
  if (node.type === 'text') return (node.data ?? '').replace(/[ \t]*[\r\n]\s*/g, ' ');
  if (depth > MAX_DEPTH || node.type === 'comment' || skip(node)) return '';
  if (node.name === 'br') return '\n';
  if (node.name === 'img') return attr(node, 'alt');
  if (node.name === 'script' || node.name === 'style') return '';
  const words = (node.children ?? []).map((child) => rawText(child, skip, depth + 1)).join('');
  return PARAGRAPHS.has(node.name ?? '') && words.trim() !== '' ? `\n${words}\n` : words;
}

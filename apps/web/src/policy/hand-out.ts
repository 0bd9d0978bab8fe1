type Text = { readonly title: string; readonly text: string };

export function markdownOf({ title, text }: Text): string {
  return `# ${title}\n\n${text}\n`;
}

/** Saves a text as a file of Markdown, named by its own title. */
export function saveMarkdown(document_: Text): void {
  const file = new Blob([markdownOf(document_)], { type: 'text/markdown' });
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${document_.title.replace(/[\\/:*?"<>|]+/g, ' ').trim()}.md`;
  link.click();
  URL.revokeObjectURL(address);
}

const LOOK = `
  body { font: 12pt/1.5 serif; margin: 2cm; color: #000; }
  h1 { font-size: 18pt; } h3 { font-size: 13pt; margin: 1.2em 0 0.3em; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border: 1px solid #888; padding: 4pt 6pt; text-align: left; font-weight: normal; }
  thead th { font-weight: bold; }`;

/** Prints one text alone, to paper or to a PDF, from a frame of its own that goes when the printing is over. */
export function printText(shown: HTMLElement, title: string, lang: string): void {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  const page = frame.contentDocument;
  const view = frame.contentWindow;
  if (!page || !view) {
    frame.remove();
    return;
  }
  page.documentElement.lang = lang;
  page.title = title;
  const look = page.createElement('style');
  look.textContent = LOOK;
  const head = page.createElement('h1');
  head.textContent = title;
  page.head.append(look);
  page.body.append(head, page.importNode(shown, true));
  view.addEventListener('afterprint', () => frame.remove());
  view.print();
}

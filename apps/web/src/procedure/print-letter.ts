type Printed = { readonly subject: string; readonly text: string; readonly lang: string };

/** Prints a letter alone, from a frame of its own that goes when the printing is over. */
export function printLetter({ subject, text, lang }: Printed): void {
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
  page.title = subject;
  const title = page.createElement('h1');
  title.textContent = subject;
  title.style.font = '600 14pt serif';
  const body = page.createElement('p');
  body.textContent = text;
  body.style.font = '12pt/1.5 serif';
  body.style.whiteSpace = 'pre-wrap';
  page.body.append(title, body);
  view.addEventListener('afterprint', () => frame.remove());
  view.print();
}

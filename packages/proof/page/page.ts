import { type Running, startCheck } from './asking.ts';
import { check, type Finding } from './checking.ts';
import { byId } from './dom.ts';
import { folderOf, type Given } from './given.ts';
import { type Outcome, reportOf } from './report.ts';
import { visible } from './visible.ts';
import { filled, LANGUAGES, type Language, languageOf, SPEECH } from './words.ts';

/** What was chosen last, so that it can be checked again with another key. */
type Chosen = { readonly given: Given; readonly leftOut: number };

/** Brings the page to life. @param script Its own text, for the threads that do the checking. */
export function startPage(script: string): void {
  const source = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const threads = { newThread: () => new Worker(source), checkHere: check };
  let language = languageOf(navigator.languages);
  let chosen: Chosen | null = null;
  let running: Running | null = null;
  let outcome: Outcome | null = null;
  const key = byId<HTMLInputElement>('key');
  const brought = ['roots', 'head', 'policy'].map((id) => byId<HTMLTextAreaElement>(id));
  const [roots, head, policy] = brought as [HTMLTextAreaElement, HTMLTextAreaElement, HTMLTextAreaElement];

  const speak = (to: Language) => {
    language = to;
    sayAll(language);
    if (outcome !== null) showOutcome(outcome, language);
  };
  const begin = (to: Chosen) => {
    running?.stop();
    chosen = to;
    outcome = null;
    const startedAt = performance.now();
    const given = { roots: roots.value, head: head.value, policy: policy.value };
    const order = { given: to.given, logKey: key.value, ...given };
    showNote('');
    showWorking(true);
    running = startCheck(threads, order, (finding) => {
      if (finding.kind === 'read') return showProgress(finding, nameOf(to, language), language);
      const seconds = (performance.now() - startedAt) / 1000;
      outcome = outcomeOf(finding, { name: nameOf(to, language), seconds, leftOut: to.leftOut });
      showWorking(false);
      showOutcome(outcome, language);
      byId('result').focus();
    });
  };

  for (const name of LANGUAGES)
    document.querySelector(`[data-language="${name}"]`)!.addEventListener('click', () => speak(name));
  byId('asking').addEventListener('submit', (event) => {
    event.preventDefault();
    if (chosen !== null) begin(chosen);
  });
  byId('stop').addEventListener('click', () => {
    running?.stop();
    showWorking(false);
  });
  onFiles('zip', ([zip]) => zip && begin({ given: { zip }, leftOut: 0 }));
  onFiles('folder', (files) => {
    const { folder, leftOut } = folderOf(files);
    begin({ given: { folder }, leftOut });
  });
  for (const area of brought)
    onFiles(`${area.id}-file`, async ([file]) => {
      if (file) area.value = await file.text();
    });
  onDrop(
    (zip) => begin({ given: { zip }, leftOut: 0 }),
    () => showNote(SPEECH[language].words.dropFolder),
  );
  speak(language);
}

function nameOf({ given }: Chosen, language: Language): string {
  if ('zip' in given) return given.zip.name;
  return filled(SPEECH[language].words.folderName, { count: given.folder.length });
}

type Around = { readonly name: string; readonly seconds: number; readonly leftOut: number };

function outcomeOf(finding: Exclude<Finding, { kind: 'read' }>, around: Around): Outcome {
  if (finding.kind === 'refused') return { ...around, refused: finding.code, message: finding.message };
  return { ...around, report: finding.report, manifest: finding.manifest };
}

function sayAll(language: Language): void {
  const { words } = SPEECH[language];
  const wordOf = (node: HTMLElement, name: string) => words[node.dataset[name] as keyof typeof words];
  for (const node of document.querySelectorAll<HTMLElement>('[data-word]'))
    node.textContent = wordOf(node, 'word');
  for (const node of document.querySelectorAll<HTMLElement>('[data-label]'))
    node.setAttribute('aria-label', wordOf(node, 'label'));
  for (const node of document.querySelectorAll<HTMLElement>('[data-language]'))
    node.setAttribute('aria-pressed', String(node.dataset.language === language));
  document.documentElement.lang = language;
  document.title = `${words.title} · Evenkeel`;
}

function showOutcome(outcome: Outcome, language: Language): void {
  const result = byId('result');
  result.replaceChildren(reportOf(outcome, SPEECH[language]));
  result.hidden = false;
  byId('again').hidden = false;
}

function showWorking(isWorking: boolean): void {
  byId('working').hidden = !isWorking;
  if (!isWorking) return;
  byId('result').hidden = true;
  byId('working-says').textContent = '';
  byId<HTMLProgressElement>('progress').value = 0;
}

function showProgress(
  { bytes, of }: Extract<Finding, { kind: 'read' }>,
  name: string,
  language: Language,
): void {
  const { words } = SPEECH[language];
  const isRead = bytes >= of * 0.99;
  const reading = filled(words.reading, { name: visible(name), done: megabytes(bytes), all: megabytes(of) });
  byId('working-says').textContent = isRead ? words.following : reading;
  const bar = byId<HTMLProgressElement>('progress');
  if (isRead) bar.removeAttribute('value');
  else bar.value = bytes / of;
}

function showNote(text: string): void {
  const note = byId('note');
  note.textContent = text;
  note.hidden = text === '';
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function onFiles(id: string, take: (files: readonly File[]) => unknown): void {
  const input = byId<HTMLInputElement>(id);
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    // The same file chosen again is to be read again.
    input.value = '';
    if (files.length > 0) take(files);
  });
}

function onDrop(take: (zip: File) => void, refuseFolder: () => void): void {
  const place = byId('drop');
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    place.classList.add('over');
  });
  document.addEventListener('dragleave', () => place.classList.remove('over'));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    place.classList.remove('over');
    const [item] = event.dataTransfer?.items ?? [];
    const file = item?.getAsFile();
    if (item?.webkitGetAsEntry()?.isDirectory) refuseFolder();
    else if (file) take(file);
  });
}

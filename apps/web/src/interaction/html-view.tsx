import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { safeHtml } from './html.ts';
import { htmlQuery } from './interaction.queries.ts';

/** The sender's formatting in a frame that runs nothing, loads nothing and leads nowhere. */
export function HtmlView({ id }: { id: string }) {
  const { data, error } = useQuery(htmlQuery(id));
  const safe = useMemo(() => data && safeHtml(data.html ?? '', data.inline), [data]);
  if (error) return <p className="notice">{problemWords(error)}</p>;
  if (!safe) return <p className="quiet">{t('list.loading')}</p>;
  return (
    <>
      <p className="small quiet" title={safe.hosts.join(', ')}>
        {t('html.blocked', { count: safe.blocked, hosts: safe.hosts.slice(0, 3).join(', ') })}
      </p>
      <iframe
        className="html-frame"
        title={t('html.frame')}
        // No script runs in it; of our origin, so that the words selected in it can be quoted.
        sandbox="allow-same-origin"
        onLoad={(event) => passKeysOn(event.currentTarget)}
        srcDoc={safe.document}
        referrerPolicy="no-referrer"
      />
    </>
  );
}

/** A key pressed in the frame is a key of this page: it knows none of its own. */
function passKeysOn(frame: HTMLIFrameElement): void {
  frame.contentDocument?.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || MOVES.has(event.key)) return;
    const { key, shiftKey } = event;
    const passed = new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true });
    if (!document.dispatchEvent(passed)) event.preventDefault();
  });
}

const MOVES: ReadonlySet<string> = new Set(['Tab', 'Enter', ' ', 'Shift']);

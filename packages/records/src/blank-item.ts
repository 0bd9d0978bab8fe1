import type { ExportContext, ExportedItem } from './exported.ts';
import type { Issue } from './issue.ts';

/** An entry of which nothing is known: everything absent. */
export function blankItem(context: Pick<ExportContext, 'conversation'>): ExportedItem {
  return {
    kind: 'message',
    conversation: context.conversation,
    from: null,
    to: [],
    sentAt: null,
    sentAtRaw: null,
    editedAt: null,
    subject: null,
    text: null,
    state: null,
    id: null,
    replyTo: null,
    durationSec: null,
    files: [],
    issues: [],
  };
}

/** An entry that could not be read, and why. */
export function unreadItem(context: Pick<ExportContext, 'conversation'>, issue: Issue): ExportedItem {
  return { ...blankItem(context), issues: [issue] };
}

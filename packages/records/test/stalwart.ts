/** The expected parse trees beside the stalwart messages, turned into what our reader should say. */
type Header = { readonly name: string; readonly value: unknown };
type Address = { readonly name: string | null; readonly address: string | null };
type Body = { readonly Text?: string; readonly Html?: string; readonly Message?: unknown };
type Message = {
  readonly parts: readonly { readonly headers: readonly Header[]; readonly body: Body }[];
  readonly text_body: readonly number[];
  readonly html_body: readonly number[];
};
export type StalwartDate = Readonly<
  Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'tz_hour' | 'tz_minute', number>
> & {
  readonly tz_before_gmt: boolean;
};
export type AddressList = {
  readonly List?: readonly Address[];
  readonly Group?: readonly { readonly addresses: readonly Address[] }[];
};

export type Expected = {
  readonly subject: string | null;
  readonly from: string | null;
  readonly to: readonly (string | null)[];
  readonly texts: readonly string[];
  readonly htmls: readonly string[];
  readonly sentAt: string | null;
  readonly messages: number;
};

export function expectedOf(message: Message): Expected {
  const headers = message.parts[0]!.headers;
  const bodies = (indices: readonly number[], kind: 'Text' | 'Html') =>
    indices.flatMap((index) => message.parts[index]!.body[kind] ?? []);
  const from = headerOf(headers, 'from') as { Address?: AddressList } | undefined;
  const to = headerOf(headers, 'to') as { Address?: AddressList } | undefined;
  const date = headerOf(headers, 'date') as { DateTime?: StalwartDate } | undefined;
  const subject = headerOf(headers, 'subject') as { Text?: string } | undefined;
  return {
    subject: subject?.Text ?? null,
    from: mailboxesOf(from?.Address ?? {})[0]?.address ?? null,
    to: mailboxesOf(to?.Address ?? {}).map((mailbox) => mailbox.address),
    texts: bodies(message.text_body, 'Text'),
    htmls: bodies(message.html_body, 'Html'),
    sentAt: date?.DateTime ? isoOf(date.DateTime) : null,
    messages: message.parts.filter((part) => part.body.Message !== undefined).length,
  };
}

function headerOf(headers: readonly Header[], name: string): unknown {
  return headers.filter((header) => header.name === name).at(-1)?.value;
}

export function mailboxesOf(list: AddressList): readonly Address[] {
  return list.List ?? list.Group?.flatMap((group) => group.addresses) ?? [];
}

export function isoOf(date: StalwartDate): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = `${two(date.hour)}:${two(date.minute)}:${two(date.second)}`;
  const offset = `${date.tz_before_gmt ? '-' : '+'}${two(date.tz_hour)}:${two(date.tz_minute)}`;
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}T${clock}${offset}`;
}

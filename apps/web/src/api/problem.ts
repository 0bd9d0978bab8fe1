type Params = Readonly<Record<string, string | number>>;
type Stated = { code: string; title: string; status: number; params: Params };

/** A refusal of the server (RFC 9457), as an error that a page can put into words by its code. */
export class Problem extends Error {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly params: Params;

  constructor({ code, title, status, params }: Stated) {
    super(title || code);
    this.name = 'Problem';
    this.code = code;
    this.title = title;
    this.status = status;
    this.params = params;
  }

  /** Reads a refusal; an answer that is no problem document keeps its status as its code. */
  static async read(answer: Response): Promise<Problem> {
    const text = await answer.text().catch(() => '');
    const { code, title, params } = parse(text);
    return new Problem({
      code: code ?? `http-${answer.status}`,
      title: title ?? answer.statusText,
      status: answer.status,
      params: params ?? {},
    });
  }
}

function parse(text: string): Partial<Stated> {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Partial<Stated>) : {};
  } catch {
    return {};
  }
}

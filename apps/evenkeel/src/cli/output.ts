/** Where a command writes: results on stdout, progress and messages on stderr. */
export type Output = {
  readonly result: (text: string) => void;
  readonly message: (text: string) => void;
  /** A line that is overwritten by the next one on a terminal. */
  readonly progress: (text: string) => void;
};

export function streamOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  // Whoever reads us may have seen enough, as `head` does: that is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  let isProgress = false;
  const clear = () => {
    if (isProgress) stderr.write('\r\u001b[K');
    isProgress = false;
  };
  return {
    result: (text) => {
      clear();
      stdout.write(`${text}\n`);
    },
    message: (text) => {
      clear();
      stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (!stderr.isTTY) return;
      stderr.write(`\r\u001b[K${text}`);
      isProgress = true;
    },
  };
}

export function grouped(count: number): string {
  return new Intl.NumberFormat('en').format(count);
}

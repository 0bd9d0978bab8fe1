/** Milliseconds that this process has worked so far: on a machine that is busy with much else, a clock says more. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

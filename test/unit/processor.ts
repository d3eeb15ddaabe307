/** Milliseconds of the processor that this process has used since `before`: what else the machine does counts for nothing. */
export function processorSince(before: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

// The console of an operation's page.
export function offerConsole() {}

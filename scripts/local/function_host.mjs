// The first module of every function's process (Deno). Its standard input is a pipe that the
// stack holds open: when the stack ends, however it ends, the pipe closes and so does this.
async function endWithTheStack() {
  const buffer = new Uint8Array(64);
  while ((await Deno.stdin.read(buffer)) !== null);
  Deno.exit(0);
}

endWithTheStack();
await import(Deno.args[0]);

export const compilePattern = (source: string, flags: string): RegExp => new RegExp(source, flags);

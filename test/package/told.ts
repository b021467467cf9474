import ts from 'typescript';

/** Whether a symbol was declared by us: what other packages say of theirs is their affair. */
const isOwn = (symbol: ts.Symbol, folder: string): boolean =>
  symbol.declarations?.some((node) => node.getSourceFile().fileName.startsWith(folder)) ?? false;

const isTold = (symbol: ts.Symbol, checker: ts.TypeChecker): boolean =>
  symbol.getDocumentationComment(checker).some(({ text }) => text.trim() !== '');

/** `__@asyncDispose@123` is the compiler's name for `[Symbol.asyncDispose]`. */
const nameOf = ({ name }: ts.Symbol): string => name.replace(/^__@(\w+)@\d+$/, '[$1]');

const argumentsOf = (type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] => {
  if (type.isUnionOrIntersection()) return type.types;
  return checker.isArrayType(type) || checker.isTupleType(type) || type.symbol?.name === 'Promise'
    ? checker.getTypeArguments(type as ts.TypeReference)
    : [];
};

/**
 * The exports of the entry points, and all members that can be reached from them, through parameters and results too, of which
 * no comment tells; and how many there are in all. `knows` leaves out the members of what is told elsewhere.
 */
export const findUntold = (
  program: ts.Program,
  entries: readonly string[],
  { folder, knows }: { readonly folder: string; readonly knows: (path: string) => boolean },
): { readonly untold: readonly string[]; readonly count: number } => {
  const checker = program.getTypeChecker();
  const seen = new Set<ts.Type>();
  const told = new Map<string, boolean>();

  const visit = (type: ts.Type, path: string): void => {
    if (seen.has(type) || knows(path)) return;
    seen.add(type);
    for (const one of argumentsOf(type, checker)) visit(one, path);
    for (const { type: value } of checker.getIndexInfosOfType(type)) visit(value, `${path}[…]`);
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      for (const one of signature.parameters) visit(checker.getTypeOfSymbol(one), `${path}(${one.name})`);
      visit(signature.getReturnType(), `${path}()`);
    }
    for (const member of type.getProperties()) {
      if (!isOwn(member, folder)) continue;
      const own = `${path}.${nameOf(member)}`;
      told.set(own, isTold(member, checker));
      visit(checker.getTypeOfSymbol(member), own);
    }
  };

  for (const entry of entries) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(entry) as ts.SourceFile);
    for (const exported of module ? checker.getExportsOfModule(module) : []) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (!isOwn(symbol, folder)) continue;
      told.set(exported.name, isTold(symbol, checker));
      if (symbol.flags & ts.SymbolFlags.Type) visit(checker.getDeclaredTypeOfSymbol(symbol), exported.name);
      if (symbol.flags & ts.SymbolFlags.Value) visit(checker.getTypeOfSymbol(symbol), exported.name);
    }
  }
  return { untold: [...told].filter(([, is]) => !is).map(([path]) => path), count: told.size };
};

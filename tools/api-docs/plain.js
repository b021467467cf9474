import { Converter, ReflectionKind } from 'typedoc';
import { MarkdownPageEvent, MarkdownTheme, MarkdownThemeContext } from 'typedoc-plugin-markdown';

const isTold = (parameter) =>
  parameter.hasComment() || parameter.type?.declaration?.children?.some((child) => child.hasComment());

const withoutUntold = (model) => {
  const untold = ['parameters', 'typeParameters'].filter((name) => !model[name]?.some(isTold));
  return Object.create(model, Object.fromEntries(untold.map((name) => [name, { value: undefined }])));
};

/** A signature tells the types of parameters and results; what more there is to say of them follows, if there is any. */
class PlainContext extends MarkdownThemeContext {
  constructor(...given) {
    super(...given);
    const { declarationTitle, signature, signatureReturns, signatureTitle } = this.partials;
    this.partials.signature = (model, options) => {
      const title = options.hideTitle ? '' : signatureTitle(model, options);
      return `${title}\n\n${signature(withoutUntold(model), { ...options, hideTitle: true })}`;
    };
    this.partials.signatureReturns = (model, options) =>
      model.comment?.getTag('@returns') ? signatureReturns(model, options) : '';
    this.partials.declarationTitle = (model) =>
      model.children || model.type?.declaration?.children ? '' : declarationTitle(model);
  }
}

class PlainTheme extends MarkdownTheme {
  getRenderContext(page) {
    return new PlainContext(this, page, this.application.options);
  }
}

const NOISE = ['inheritedFrom', 'overwrites', 'extendedTypes', 'typeHierarchy', 'defaultValue'];

/**
 * A type is shown as if it had been written in one piece: which of our own it came from is nobody's business. What a default is
 * the comments say.
 */
const dropNoise = ({ project }) => {
  for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
    for (const name of NOISE) delete reflection[name];
  }
};

/** Rows of tables need no anchors: nothing leads to them, and the text is easier to read without. */
const dropAnchors = (page) => {
  page.contents = page.contents?.replace(/<a id="[^"]*"><\/a> /g, '');
};

/** A plugin of TypeDoc's, for pages that are read rather than searched. */
export const load = (app) => {
  app.renderer.defineTheme('plain', PlainTheme);
  app.converter.on(Converter.EVENT_RESOLVE_END, dropNoise);
  app.renderer.on(MarkdownPageEvent.END, dropAnchors);
};

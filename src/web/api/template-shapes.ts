import type {
  HelperDescription,
  PayloadPath,
  TemplateFinding,
  TemplateScopeName,
} from '../../core/command/desks/template-desk.ts';
import type { Drawable } from './shapes.ts';

/** What Bellhop's API says of templates. Times are ISO 8601. */
export interface TemplateOrigin {
  readonly kind: 'changed' | 'own' | 'shipped' | 'generic';
  readonly file?: string;
  readonly scope?: TemplateScopeName;
  readonly type?: string;
  readonly revision?: number;
  readonly by?: string;
  readonly at?: string;
}

export interface ListedTemplate {
  readonly type: string;
  readonly origin: TemplateOrigin;
  readonly lastEventAt: string | null;
}

export interface TemplateText {
  readonly source: string;
  readonly origin: TemplateOrigin;
  readonly version: string;
  readonly maySave: boolean;
}

export interface SavedTemplate extends TemplateText {
  readonly proposed: boolean;
  readonly message: string;
}

export interface TemplateHistory {
  readonly revisions: readonly TemplateRevision[];
  /** What counts beneath all changes. */
  readonly file: Pick<TemplateText, 'source' | 'origin'>;
}

export interface TemplateRevision {
  readonly revision: number;
  readonly source: string | null;
  readonly by?: string;
  readonly at?: string;
  readonly restores?: number;
}

export interface TemplatePreview {
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly title: string;
    readonly receivedAt: string;
  };
  readonly changed: boolean;
  readonly before: MadeDrawable;
  readonly after: MadeDrawable;
  readonly failure?: TemplateFinding;
}

export interface MadeDrawable extends Drawable {
  readonly template: string;
}

/** What can stand in a template. */
export interface TemplateWords {
  readonly paths: readonly PayloadPath[];
  readonly helpers: readonly HelperDescription[];
  readonly variables: readonly string[];
  readonly partials: readonly string[];
  readonly blocks: readonly string[];
}

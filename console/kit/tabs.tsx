import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs';

/** One tab and what it shows. */
export type TabPart = { readonly id: string; readonly label: string; readonly content: ReactNode };

/** Parts of which one is shown. */
export const Tabs = ({ label, parts }: { readonly label: string; readonly parts: readonly TabPart[] }): ReactNode => (
  <AriaTabs className="pue-tabs">
    <TabList aria-label={label} className="pue-tab-list">
      {parts.map(({ id, label: name }) => (
        <Tab key={id} id={id} className="pue-tab">
          {name}
        </Tab>
      ))}
    </TabList>
    {parts.map(({ id, content }) => (
      <TabPanel key={id} id={id} className="pue-tab-panel">
        {content}
      </TabPanel>
    ))}
  </AriaTabs>
);

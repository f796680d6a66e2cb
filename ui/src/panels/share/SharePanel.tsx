/** Handing the case over and receiving one: a sealed package out, a sealed package in. */
import { useState } from "react";

import { t } from "../../i18n";
import { Body, Panel, Tabs } from "../../shared/layout";
import { HandOver } from "./HandOver";
import { Receive } from "./Receive";

export function SharePanel() {
  const [tab, setTab] = useState<"out" | "in">("out");
  return (
    <Panel id="share" label={t("panel.share")}>
      <Tabs
        label={t("panel.share")}
        tabs={[
          { id: "out", label: t("share.out") },
          { id: "in", label: t("share.in") },
        ]}
        current={tab}
        onChoose={setTab}
      >
        {tab === "out" ? (
          <Body>
            <HandOver />
          </Body>
        ) : (
          <Body>
            <Receive caseOpen />
          </Body>
        )}
      </Tabs>
    </Panel>
  );
}

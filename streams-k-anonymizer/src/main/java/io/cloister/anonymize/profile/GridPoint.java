// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.profile;

import io.cloister.anonymize.file.FileReport;

/**
 * What one k and one delay do to the sample; for operators, not for publication.
 *
 * @param k how many people open a cell
 * @param delayRows how many rows may come between a row and its release
 * @param report what the engine did
 */
public record GridPoint(int k, long delayRows, FileReport report) {}

package dev.bowline.tools.command;
public class ShowNeeds { public static void main(String[] a) throws Exception {
 var y = Yard.in(java.nio.file.Files.createTempDirectory("programs-"));
 for (var l : java.nio.file.Files.readAllLines(java.nio.file.Path.of(a[0]))) { if(l.isBlank())continue; l=l.replace("⏎","\n"); System.out.println(y.needs(l)+"\t"+l.replace("\n","⏎")+(a.length>1?"\t"+y.facts(l):"")); }
}}
